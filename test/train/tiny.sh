#!/bin/bash
# test/train/tiny.sh BUILD FOLDER: the invented sentences of small/ with word vectors, in FOLDER, and tiny.dm trained from them, in a
# second. For tests in which the program reads, but what it reads is not the question: DEMARCHE_MODEL=FOLDER/tiny.dm.
set -e
build=$(realpath "$1") small=$(dirname "$(realpath "$0")")/small
cp "$small"/* "$2"
cd "$2"
number() { printf "\\x$(printf %02x $(($1 & 255)))\\x$(printf %02x $(($1 >> 8 & 255)))\\x00\\x00"; }

# Five kinds of words, each in a direction of its own, and a little of their own beside it.
{ for w in ana tomas mara jonas lena pavel sofia ito;  do echo "$w 100 1 2 3"; done
  for w in tallis strelsau norvik eastmere velland orra samavia ruritania; do echo "$w 2 100 3 1"; done
  for w in port treaty bridge border ferry embargo harbour; do echo "$w 3 1 100 2"; done
  for w in envoys sailors ministers ferries reporters treaties; do echo "$w 90 3 60 -50"; done
  for w in closed reopened signed visited praised left met said; do echo "$w 1 3 2 100"; done; } |
  awk '{ print $1, $2 - NR % 7, $3 + NR % 5, $4 + NR % 3, $5 - NR % 4 }' > rows
cut -d' ' -f1 rows > vectors.words
{ printf EMB1; number "$(wc -l < rows)"; number 4
  for i in 1 2 3 4; do printf '\x00\x00\x80\x3f'; done   # the scale 1.0f
  while read -r _ a b c d; do for x in $a $b $c $d; do printf "\\x$(printf %02x $((x & 255)))"; done; done < rows; } > vectors.int8
"$build"/train/language --sets small.sets --data . clusters.k=6 clusters.words=100 --out tiny.dm > tiny.log 2>&1 || { cat tiny.log; exit 1; }

#!/bin/bash
# bench/eval/words.sh BUILD: words and sentences from raw text on the development sets of UD English.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for set in en_ewt en_gum; do
    xz -dc $shared/data/ud/$set-ud-dev.conllu.xz > "$work/gold.conllu"
    python3 $shared/eval/conllu_text.py "$work/gold.conllu" > "$work/raw.txt"
    # no trees yet: the scorer wants some, so every word hangs from the first
    "$demarche" read --format conllu "$work/raw.txt" |
        awk -F'\t' -v OFS='\t' '$1 ~ /^[0-9]+$/ { $7 = $1 == 1 ? 0 : 1; $8 = $1 == 1 ? "root" : "dep" } 1' > "$work/pred.conllu"
    echo "== $set"
    python3 $shared/eval/score_conllu.py "$work/gold.conllu" "$work/pred.conllu" | grep -iE 'metric|words|tokens|sentences'
done

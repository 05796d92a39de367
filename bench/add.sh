#!/bin/bash
# bench/add.sh BUILD: 15,000 short wire stories into a fresh ledger, and questions asked of it: read and written, and written alone (records
# that were read before); beside a peer, the sqlite3 shell, that only stores and indexes the same lines and reads nothing in them.
set -e
demarche=$1/demarche corpus=../shared/data/corpora/reuters21578.jsonl.xz
[ -r $corpus ] || { echo "bench/add: $corpus is not there; nothing measured"; exit 0; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
xz -dc $corpus | head -n 15000 > "$work/news.jsonl"
stories=$(wc -l < "$work/news.jsonl")
seconds() { local a=$EPOCHREALTIME; "$@" >/dev/null 2>&1; local b=$EPOCHREALTIME; echo "scale=3; ($b - $a) / 1" | bc; }
median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

for round in 1 2 3; do
    rm -f "$work"/a.db*
    seconds "$demarche" add -q --ledger "$work/a.db" "$work/news.jsonl" >> "$work/add"
done
"$demarche" read -q "$work/news.jsonl" > "$work/records.jsonl"
for round in 1 2 3 4 5; do
    rm -f "$work"/w.db* "$work"/p.db*
    seconds "$demarche" add -q --records --ledger "$work/w.db" "$work/records.jsonl" >> "$work/write"
    seconds sqlite3 "$work/p.db" "pragma journal_mode = wal; create virtual table news using fts5(id, published, title, text);
        insert into news select json_extract(value, '\$.id'), json_extract(value, '\$.published'), json_extract(value, '\$.title'),
            json_extract(value, '\$.text')
        from json_each('[' || replace(rtrim(readfile('$work/news.jsonl'), char(10)), char(10), ',') || ']');" >> "$work/peer"
done
add=$(median < "$work/add") write=$(median < "$work/write") peer=$(median < "$work/peer")
echo "stories                        $stories, $(stat -c %s "$work/news.jsonl") bytes"
echo "demarche add, seconds          $add   ($(echo "$stories / $add" | bc) documents/s, reading and all)"
echo "demarche add --records         $write   ($(echo "$stories / $write" | bc) documents/s, writing alone)"
echo "sqlite3 shell, seconds         $peer   ($(echo "$stories / $peer" | bc) documents/s, stores and indexes only)"
echo "ledger, peer's file, bytes     $(stat -c %s "$work/a.db") $(stat -c %s "$work/p.db")"
"$demarche" verify --ledger "$work/a.db" 2>&1 | head -n 1
for words in said oil "soviet union" reagan "foreign minister" wheat "trade deficit japan"; do
    # shellcheck disable=SC2086
    ms=$(hyperfine -N -w 3 -r 20 --export-json /dev/stdout --style none "$demarche search --ledger $work/a.db $words" |
        sed -n 's/^ *"mean": \([0-9.]*\).*/\1/p' | head -n 1)
    echo "search $words, ms, the whole process    $(echo "$ms * 1000" | bc | cut -d. -f1)"
done

#!/bin/bash
# bench/eval/feeds.sh BUILD: feeds against their expectations; hostile feeds against feeds_strict.py; feeds a second of one core.
demarche=$1/demarche shared=../shared feeds=../shared/data/ingest/feeds work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
[ -r $feeds/feeds.jsonl ] || { echo "eval-feeds: $feeds is not there; nothing measured"; exit 0; }
status=0
"$demarche" inspect --json $feeds/feeds.jsonl > "$work/pred.jsonl" 2> "$work/failed"
python3 $shared/eval/score_feed.py $feeds/feeds.jsonl "$work/pred.jsonl" || status=1
"$demarche" inspect --json $feeds/hostile.jsonl > "$work/hostile.jsonl" 2>> "$work/failed"
[ "$(wc -l < "$work/hostile.jsonl")" = "$(wc -l < $feeds/hostile.jsonl)" ] || { echo "hostile feeds are missing from the output"; status=1; }
python3 bench/eval/feeds_strict.py "$work/hostile.jsonl" || status=1
for i in 1 2 3 4 5 6 7 8 9 10; do cat $feeds/feeds.jsonl; done > "$work/many.jsonl"
begin=$EPOCHREALTIME
"$demarche" inspect --json "$work/many.jsonl" > /dev/null 2>&1
echo "feeds a second, from file to JSON   $(echo "$(wc -l < "$work/many.jsonl") / ($EPOCHREALTIME - $begin)" | bc)   (feedparser: 2,700 of the same, without the JSON)"
head -n 3 "$work/failed"
exit $status

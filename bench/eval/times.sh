#!/bin/bash
# bench/eval/times.sh BUILD: time expressions on three development sets. The first reading claims dates that stand in the text and little
# else: look at precision; recall comes with a later reading.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for set in tbaq-dev meantime-train wikiwars-train; do
    "$demarche" read $shared/data/times/$set.jsonl > "$work/pred.jsonl" || true   # one gold date is none: named
    echo "== $set"
    python3 $shared/eval/score_times.py $shared/data/times/$set.jsonl "$work/pred.jsonl"
done

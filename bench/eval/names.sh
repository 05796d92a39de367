#!/bin/bash
# bench/eval/names.sh BUILD: names on three development sets; spans only are claimed everywhere, types where they are plain.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for set in worldwide-dev crossner_politics-dev uner_ewt-dev; do
    python3 $shared/eval/ner_text.py $shared/data/ner/$set.tsv.xz > "$work/text.jsonl"
    "$demarche" read "$work/text.jsonl" > "$work/pred.jsonl"
    echo "== $set"
    python3 $shared/eval/score_ner.py $shared/data/ner/$set.tsv.xz "$work/pred.jsonl" --untyped
done

#!/bin/bash
# bench/eval/coref.sh BUILD: coreference of people, places and organisations that are named, on OntoGUM's development documents of the genres
# news, interview, speech, bio and court, from raw text. "resolution" says whether a pronoun or a noun reaches the right named one.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$demarche" read $shared/data/coref/ontogum_dev.jsonl > "$work/pred.jsonl"
python3 $shared/eval/score_coref.py --named --genre news,interview,speech,bio,court --by genre $shared/data/coref/ontogum_dev.jsonl "$work/pred.jsonl"
echo "== heads alone, whatever the borders of a phrase"
python3 $shared/eval/score_coref.py --named --head --genre news,interview,speech,bio,court $shared/data/coref/ontogum_dev.jsonl "$work/pred.jsonl"

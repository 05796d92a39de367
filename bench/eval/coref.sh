#!/bin/bash
# bench/eval/coref.sh BUILD: coreference of people, places and organisations that are named, on OntoGUM's development documents of the genres
# news, interview, speech, bio and court, from raw text. "resolution" says whether a pronoun or a noun reaches the right named one.
# Three times: as `read` prints it, where a name's mention is the name alone and the phrase around it another; with --phrases, where a name's
# mention is its whole phrase, as the gold has it; and that by the heads of phrases, whatever their borders.
set -e
demarche=$1/demarche gold=../shared/data/coref/ontogum_dev.jsonl score=../shared/eval/score_coref.py
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
genres=news,interview,speech,bio,court
echo "== read"
"$demarche" read $gold > "$work/pred.jsonl"
python3 $score --named --genre $genres --by genre $gold "$work/pred.jsonl"
echo "== read --phrases"
"$demarche" read --phrases $gold > "$work/pred.jsonl"
python3 $score --named --genre $genres --by genre $gold "$work/pred.jsonl"
echo "== read --phrases, heads"
python3 $score --named --head --genre $genres $gold "$work/pred.jsonl"

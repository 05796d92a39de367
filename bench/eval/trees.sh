#!/bin/bash
# bench/eval/trees.sh BUILD [MODEL]: words, sentences, tags, features, lemmas and trees from raw text on the development sets of UD
# English. Needs a model: the one within the program, or MODEL.
set -e
[ -n "$2" ] || [ -f models/en.dm ] || { echo "no models/en.dm: nothing to measure"; exit 0; }
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
model=${2:+--model $2}
for set in en_ewt en_gum; do
    xz -dc $shared/data/ud/$set-ud-dev.conllu.xz > "$work/gold.conllu"
    python3 $shared/eval/conllu_text.py "$work/gold.conllu" > "$work/raw.txt"
    # shellcheck disable=SC2086
    "$demarche" read $model --format conllu "$work/raw.txt" > "$work/pred.conllu"
    echo "== $set-dev"
    python3 $shared/eval/score_conllu.py "$work/gold.conllu" "$work/pred.conllu"
done

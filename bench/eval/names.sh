#!/bin/bash
# bench/eval/names.sh BUILD [MODEL]: names on three development sets, from raw text, as they stand in the record's entities. Typed F1 is
# what counts: GPE is LOC for sets that do not tell them apart, MISC is left out where a set has none; then spans alone.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
model=${2:+--model $2}
score() {                                                # score SET OPTIONS…
    local set=$1; shift
    python3 $shared/eval/ner_text.py $shared/data/ner/$set.tsv.xz > "$work/text.jsonl"
    # shellcheck disable=SC2086
    # Where the language cannot be told no model reads, and a name keeps no type (3 names in 5 such texts of uner_ewt-dev); the scorer
    # sorts types, so that none has to be a word.
    "$demarche" read $model "$work/text.jsonl" | sed 's/"type":null/"type":"UNKNOWN"/g' > "$work/pred.jsonl"
    echo "== $set $*"
    python3 $shared/eval/score_ner.py $shared/data/ner/$set.tsv.xz "$work/pred.jsonl" "$@"
    echo "-- spans alone"
    python3 $shared/eval/score_ner.py $shared/data/ner/$set.tsv.xz "$work/pred.jsonl" --untyped | tail -n 1
}
score worldwide-dev --merge GPE=LOC
score crossner_politics-dev
score crossner_politics-dev --merge GPE=LOC
score uner_ewt-dev --merge GPE=LOC --drop MISC

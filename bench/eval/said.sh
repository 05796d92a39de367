#!/bin/bash
# bench/eval/said.sh BUILD: statements on PolNeAR's development articles; and the direct ones alone. The first reading claims direct quotations only, so
# its precision is what to look at.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$demarche" read $shared/data/attribution/dev.jsonl > "$work/pred.jsonl"
python3 $shared/eval/score_attribution.py --outermost $shared/data/attribution/dev.jsonl "$work/pred.jsonl"

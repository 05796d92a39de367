#!/bin/bash
# bench/eval/links.sh BUILD: names of persons, bodies and countries in fifteen articles, linked to the table of actors; the gold is our own
# (bench/gold/links.tsv).
set -e
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 bench/eval/score_links.py texts ../shared bench/gold/links.tsv > "$work/texts.jsonl"
"$1/demarche" read "$work/texts.jsonl" > "$work/read.jsonl"
python3 bench/eval/score_links.py score bench/gold/links.tsv "$work/read.jsonl"

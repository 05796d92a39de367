#!/bin/bash
# bench/eval/foresee.sh BUILD: the reference cases of bargaining, conflict graphs and games, each compared number by number.
set -e
python3 bench/eval/foresee_check.py "$1/demarche" ../shared/data/foresee

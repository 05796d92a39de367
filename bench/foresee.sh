#!/bin/bash
# bench/foresee.sh BUILD: processor seconds of the models on drawn scenarios, each the best of three; wall time beside it.
set -e
demarche=$1/demarche work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
shared=../shared/data/foresee/ktab
python3 bench/foresee_make.py conflict 20 > "$work/c20"
python3 bench/foresee_make.py conflict 24 > "$work/c24"
python3 bench/foresee_make.py actors 7 3 > "$work/a7"
python3 - > "$work/a80.csv" <<'P'
import random
draw = random.Random(80)
print("eighty,drawn,80,1\nActor,Description,Power,Position,Salience")
for i in range(80): print(f"A{i:02d},x,{draw.uniform(5,150):.1f},{draw.uniform(0,100):.1f},{draw.uniform(10,95):.1f}")
P
best() {                                                 # best TIMES WHAT COMMAND…
    local n=$1 what=$2; shift 2
    for _ in $(seq "$n"); do /usr/bin/time -f '%U %e %M' "$@" 2>&1 >/dev/null | tail -1; done | sort -n | head -1 |
        awk -v w="$what" '{ printf "%-58s %6.2f s processor, %6.2f s wall, %5d MB\n", w, $1, $2, $3 / 1024 }'
}
[ -d "$shared" ] && best 3 "spatial, SOE-Competitive, 34 actors, 35 turns" "$demarche" bargain --no-sweep --json "$shared/SOE-Competitive.csv"
best 3 "spatial, 80 actors drawn" "$demarche" bargain --no-sweep --json "$work/a80.csv"
best 1 "100,000 draws, 7 actors, 3 issues, one thread" "$demarche" bargain --no-sweep --draws 100000 -j 1 --json "$work/a7"
best 3 "2^20 combinations, 4 players, R GMR SMR SEQ SSEQ" "$demarche" conflict --json "$work/c20"
best 1 "2^24 combinations, 4 players, R GMR SMR SEQ SSEQ" "$demarche" conflict --json "$work/c24"

#!/bin/bash
# bench/eval/times.sh BUILD [MODEL]: time expressions on three development sets, whole chain from raw text: strict F1, value F1, and the accuracy of
# the values of which the program is sure (doubt false) among those that touch a gold expression. One gold document is dated 03-02-2009,
# which the program refuses to guess; it gets the day that its own text begins with.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
model=${2:+--model $2}
cat > "$work/sure.py" <<'P'
import sys
sys.path.insert(0, sys.argv[1])
import score_times as s
gold, system = s.load(sys.argv[2]), s.load(sys.argv[3])
right, all_, doubted = 0, 0, 0
for key, doc in gold.items():
    items = s.items(doc, False)
    for t in system.get(key, {}).get("times") or []:
        partner = s.partner(tuple(t["span"]), items)
        if partner is None: continue
        if t["doubt"]: doubted += 1
        else: all_ += 1; right += partner[3] == t["value"]
print("sure     accuracy %6.2f  (%d of %d; doubted %d)" % (100 * right / max(all_, 1), right, all_, doubted))
P
for set in tbaq-dev meantime-train wikiwars-train; do
    sed 's/"published": "03-02-2009"/"published": "2009-02-03"/' $shared/data/times/$set.jsonl > "$work/gold.jsonl"
    # shellcheck disable=SC2086
    "$demarche" read -q $model "$work/gold.jsonl" > "$work/pred.jsonl"
    echo "== $set"
    python3 $shared/eval/score_times.py "$work/gold.jsonl" "$work/pred.jsonl"
    python3 "$work/sure.py" $shared/eval "$work/gold.jsonl" "$work/pred.jsonl"
done

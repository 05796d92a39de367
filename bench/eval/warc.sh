#!/bin/bash
# bench/eval/warc.sh BUILD: the index of web archives against the gold: every record of every readable file.
demarche=$1/demarche data=../shared/data/ingest/warc work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
[ -r $data/gold.jsonl ] || { echo "eval-warc: $data is not there; nothing measured"; exit 0; }
for file in $data/*; do
    case $file in */gold.jsonl) continue ;; esac
    "$demarche" inspect --json "$file" 2>> "$work/failed" >> "$work/pred.jsonl"
done
python3 - $data/gold.jsonl "$work/pred.jsonl" <<'PY'
import json, sys
pred = {row["id"]: row for row in map(json.loads, open(sys.argv[2]))}
right = total = 0
for gold in map(json.loads, open(sys.argv[1])):
    mine = pred.get(gold["id"], {}).get("records", [])
    wanted = gold["records"]
    total += len(wanted)
    wrong = []
    for i, want in enumerate(wanted):
        have = mine[i] if i < len(mine) else {}
        keys = {"offset": "offset", "type": "type", "uri": "uri", "length": "length", "status": "status",
                "truncated": "truncated", "decoded_sha256": "sha256"}
        bad = [k for k, m in keys.items() if k in want and want[k] != have.get(m)]
        right += not bad
        if bad: wrong.append((i, {k: (want[k], have.get(keys[k])) for k in bad}))
    extra = f", {len(mine) - len(wanted)} too many" if len(mine) > len(wanted) else ""
    print(f"{gold['id']:36} {len(wanted) - len(wrong)}/{len(wanted)}{extra}", *wrong[:2])
print(f"records right {right}/{total}")
PY
cat "$work/failed"

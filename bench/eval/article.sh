#!/bin/bash
# The article of a page and what the page says of itself, on the development halves (../shared/data/ingest).
#   bench/eval/article.sh BUILD      prints the scorer's lines for aeb (bodies) and pages (segments, date, title, author)
set -euo pipefail
B=${1:-build} data=${DATA:-../shared/data/ingest} eval=${EVAL:-../shared/eval}
[ -d "$data/aeb" ] || { echo "article: no development data in $data; nothing is measured"; exit 0; }
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
for set in aeb pages; do
    python3 - "$data/$set" > "$out/$set.in.jsonl" <<'PY'
import json, os, sys
folder = os.path.abspath(sys.argv[1])
for line in open(folder + "/gold.jsonl", encoding="utf-8"):
    row = json.loads(line)
    if os.path.exists(f"{folder}/{row['file']}"):
        uri = row["url"] if row.get("url", "").startswith("http") else None
        print(json.dumps({"id": row["id"], "uri": uri, "file": os.path.join(folder, row["file"])}))
PY
    "$B/demarche" read "$out/$set.in.jsonl" > "$out/$set.records.jsonl" || [ $? = 3 ]
    python3 - "$out/$set.records.jsonl" > "$out/$set.jsonl" <<'PY'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    r = json.loads(line)
    at, body = 0, []
    for mark in sorted(r.get("boilerplate") or [], key=lambda m: m["span"]):
        body.append(r["text"][at:mark["span"][0]])
        at = mark["span"][1]
    body.append(r["text"][at:])
    stated = r.get("published_how") == "stated"
    print(json.dumps({"id": r["id"], "body": "\n".join(body), "title": r.get("title"), "author": r.get("author"),
                      "published": r.get("published") if stated else None}))
PY
    echo "article $set:"
    python3 "$eval/score_extract.py" "$data/$set/gold.jsonl" "$out/$set.jsonl" | tail -n +2
done
sed -n '/^# Twenty folds/p' models/article.forest

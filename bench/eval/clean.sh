#!/bin/bash
# bench/eval/clean.sh BUILD: body F1 of pasted articles, on the thirty gold texts in test/text/gold (texts and hand-cut bodies are ours).
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for text in test/text/gold/*.txt; do
    case $text in *.body.txt) continue ;; esac
    id=$(basename "$text" .txt)
    python3 - "$id" "${text%.txt}.body.txt" >> "$work/gold.jsonl" <<'PY'
import json, sys
print(json.dumps({"id": sys.argv[1], "body": open(sys.argv[2], encoding="utf-8").read()}))
PY
    "$demarche" read "$text" | python3 - "$id" "$text" >> "$work/pred.jsonl" 3<&0 <<'PY'
import json, os, sys
record = json.loads(os.fdopen(3).read())
text, at, body = record["text"], 0, []
for part in sorted(record.get("boilerplate", []), key=lambda p: p["span"]):
    body.append(text[at:part["span"][0]])
    at = part["span"][1]
body.append(text[at:])
print(json.dumps({"id": sys.argv[1], "body": "".join(body)}))
PY
done
python3 $shared/eval/score_extract.py "$work/gold.jsonl" "$work/pred.jsonl" --worst 3

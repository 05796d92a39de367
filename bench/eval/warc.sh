#!/bin/bash
# bench/eval/warc.sh BUILD: every record of the development archives against its index; and MB/s over an uncompressed archive.
demarche=$1/demarche gold=../shared/data/ingest/warc work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
[ -r $gold/gold.jsonl ] || { echo "eval-warc: $gold is not there; nothing measured"; exit 0; }
status=0
"$demarche" inspect --json $(find $gold -type f ! -name gold.jsonl | sort) > "$work/pred.jsonl" 2> "$work/failed"
python3 - $gold/gold.jsonl "$work/pred.jsonl" <<'PY' || status=1
import json, os, sys
gold = {g["id"]: g["records"] for g in map(json.loads, open(sys.argv[1]))}
pred = {os.path.basename(p["id"]): p.get("records", []) for p in map(json.loads, open(sys.argv[2]))}
right, total = 0, sum(len(r) for r in gold.values())
for name, records in gold.items():
    found = pred.get(name, [])
    if len(found) != len(records): print(f"{name}: {len(found)} records, {len(records)} in the gold")
    for want, got in zip(records, found):
        wrong = [k for k in ("offset", "type", "uri", "status", "length", "truncated") if k in want and want[k] != got.get(k)]
        if "decoded_sha256" in want and want["decoded_sha256"] != got.get("sha256"): wrong.append("sha256")
        if wrong: print(f"{name} at {want['offset']}: {', '.join(wrong)}")
        right += not wrong
print(f"records right   {right} of {total} in {len(gold)} archives")
sys.exit(right != total)
PY
python3 - "$work/big.warc" <<'PY'
import random, sys
random.seed(1)
words = ["".join(random.choice("abcdefghij") for _ in range(random.randint(2, 9))) for _ in range(5000)]
pages = []
for i in range(40):
    body = ("<html><body>" + " ".join(random.choice(words) for _ in range(8000)) + "</body></html>").encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    pages.append(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://velm.example/%d\r\nContent-Type: application/http\r\n"
                 b"Content-Length: %d\r\n\r\n" % (i, len(http)) + http + b"\r\n\r\n")
with open(sys.argv[1], "wb") as f:
    n = 0
    while n < 500e6:
        n += f.write(random.choice(pages))
PY
for run in cold warm; do
    begin=$EPOCHREALTIME
    "$demarche" inspect --json "$work/big.warc" > /dev/null 2>> "$work/failed" || status=1
    end=$EPOCHREALTIME
done
echo "MB/s, each payload hashed   $(echo "500 / ($end - $begin)" | bc)   (wanted: 300)"
head -n 3 "$work/failed"
exit $status

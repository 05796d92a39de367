#!/bin/bash
# bench/times.sh BUILD: the time stage alone (tokens, tags and trees already in the record) beside npm chrono-node on the same text in the same
# run: CPU seconds of the fastest of several rounds, one process each.
set -euo pipefail
B=${1:-build} data=../shared/data/times here=$(dirname "$0")/times
[ -d "$data" ] || { echo "times: no texts in $data; nothing is measured"; exit 0; }
if ! command -v npm >/dev/null; then tools/need nodejs npm; fi
mkdir -p "$B/times" && cp "$here"/package.json "$here"/run.js "$B/times/"
(cd "$B/times" && npm install --no-audit --no-fund --silent)
make -s B="$B" "$B/bench/times"
for set in wikiwars-train tbaq-dev; do
    mine=$(taskset -c 0 "$B/bench/times" "$data/$set.jsonl" 12)
    peer=$(taskset -c 0 node "$B/times/run.js" "$data/$set.jsonl" 6)
    awk -v set="$set" -v mine="$mine" -v peer="$peer" 'BEGIN {
        split(mine, m, " "); split(peer, p, " ")
        printf "%s: demarche %.1f MB/s (%d times), chrono-node 2.10.3 %.2f MB/s (%d): %.1f times as fast\n",
               set, m[2] / m[1] / 1e6, m[3], p[2] / p[1] / 1e6, p[3], (m[2] / m[1]) / (p[2] / p[1]) }'
done

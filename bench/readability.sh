#!/bin/bash
# Pages a second from bytes to clean text with metadata, one core, beside Readability.js over linkedom in the same run.
#   bench/readability.sh BUILD      prints both, their peak memory, and how many times as fast
set -euo pipefail
B=${1:-build} data=${DATA:-../shared/data/ingest/aeb/html} here=$(dirname "$0")/readability
[ -d "$data" ] || { echo "readability: no pages in $data; nothing is measured"; exit 0; }
if ! command -v npm >/dev/null; then tools/need nodejs npm; fi
mkdir -p "$B/readability" && cp "$here"/package.json "$here"/run.js "$B/readability/"
(cd "$B/readability" && npm install --no-audit --no-fund --silent)
make -s B="$B" "$B/bench/readability"
pages=$(mktemp -d); trap 'rm -rf "$pages"' EXIT
for f in "$data"/*.gz; do zcat "$f" > "$pages/$(basename "$f" .gz)"; done
mine=$(taskset -c 0 "$B/bench/readability" "$pages" 5)
peer=$(taskset -c 0 node "$B/readability/run.js" "$pages" 1)
awk -v mine="$mine" -v peer="$peer" 'BEGIN {
    split(mine, m, " "); split(peer, p, " ")
    printf "pages/s, one core: demarche %.0f (%d MB), Readability.js 0.6.0 + linkedom 0.18.12 %.1f (%d MB): %.1f times\n",
           m[1] / m[2], m[3], p[1] / p[2], p[3], (m[1] / m[2]) / (p[1] / p[2]) }'

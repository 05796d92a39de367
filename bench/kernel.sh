#!/bin/bash
# bench/kernel.sh BUILD: multiply-adds a second of the byte kernels, the floats around them, and the words a second of the encoder they are
# for; one column a kernel that this processor has. Best of 25 spells by the process's own time, since the machine may be shared.
set -euo pipefail
B=${1:-build}
make -s B="$B" "$B/bench/kernel"
grep -m 1 'model name' /proc/cpuinfo || true
"$B/bench/kernel" "${SECONDS_A_TIME:-0.5}"

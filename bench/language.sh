#!/bin/bash
# bench/language.sh BUILD [MODEL]: the language core's speed. Raw text to tokens, tags, trees and names, written as CoNLL-U to nowhere:
# words a second of processor time of one core (all threads of the process together, start-up included), at least 150,000
# words a run, the median of five; the whole reading and the ledger are measured by bench/add.sh. Then peak memory, the
# model's size, and what a start costs (a text of one sentence).
set -e
[ -n "$2" ] || [ -f models/en.dm ] || { echo "no models/en.dm: nothing to measure"; exit 0; }
demarche=$(realpath "$1/demarche") shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
model=${2:+--model $(realpath "$2")}
xz -dc $shared/data/corpora/reuters21578.jsonl.xz | head -n 1500 > "$work/wire.jsonl"
xz -dc $shared/data/ud/en_gum-ud-train.conllu.xz > "$work/gum.conllu"
python3 $shared/eval/conllu_text.py "$work/gum.conllu" > "$work/gum.txt"
printf 'The envoy Ana Velline met the harbour master in Strelsau on Friday.\n' > "$work/one.txt"
cat > "$work/measure.py" <<'P'
import os, statistics, subprocess, sys
def run(command):
    with open(os.devnull, "wb") as nowhere:
        p = subprocess.Popen(command, stdout=nowhere)
        _, status, used = os.wait4(p.pid, 0)
        p.returncode = status
    if status: sys.exit(f"{command}: status {status}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
command, times = sys.argv[2:], int(sys.argv[1])
words = 0
if times > 1:
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    words = sum(line.split(b"\t", 1)[0].isdigit() for line in out.split(b"\n"))
runs = [run(command) for _ in range(times)]
cpu = statistics.median(r[0] for r in runs)
if words: print(f"{words} words, {cpu:.2f} s, {words / cpu:.0f} words/s a core, {max(r[1] for r in runs):.0f} MiB at the peak")
P
for input in wire.jsonl gum.txt; do
    echo -n "$input, tokens to names, conllu: "
    # shellcheck disable=SC2086
    python3 "$work/measure.py" 5 "$demarche" read $model -q -j 1 --format conllu "$work/$input"
done
[ -z "$2" ] && [ -f models/en.dm ] && size=$(stat -c %s models/en.dm) || size=$([ -n "$2" ] && stat -c %s "$2" || echo 0)
echo "the model, bytes: $size"
# shellcheck disable=SC2086
hyperfine -N -w 3 -r 30 --export-json "$work/start.json" --style none "$demarche read $model $work/one.txt" "$demarche version" > /dev/null
python3 - "$work/start.json" <<'P'
import json, sys
for r in json.load(open(sys.argv[1]))["results"]: print(f"{r['command'].split()[1]}, one sentence or none, ms: {r['mean'] * 1e3:.1f}")
P

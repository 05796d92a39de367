#!/bin/bash
# train/sentence/make.sh BUILD OUT [NAME=VALUE …]: models/sentence.en from the sets beside the project; half a minute.
# Plain texts: every sixth briefing, State of the Union since 1980, every third address; their paragraphs that end in a stop.
set -e
build=$1 out=$2 shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; shift 2
make B="$build" "$build/train/sentence/train"
for set in ewt gum; do xz -dc $shared/data/ud/en_$set-ud-train.conllu.xz > "$work/$set.conllu"; done
python3 - "$shared/data/corpora" > "$work/plain.txt" <<'PYTHON'
import json, lzma, sys
def texts(name):
    with lzma.open(f"{sys.argv[1]}/{name}.jsonl.xz", "rt") as f:
        return [json.loads(line) for line in f]
chosen = texts("wh_briefings_2013_2015")[::6]
chosen += [x for x in texts("sotu_1790_2024") if x["published"] >= "1980"]
chosen += texts("zelensky_2022")[1::3]
for line in (l.strip() for x in chosen for l in x["text"].split("\n")):
    if line[-1:] in (".", "?", "!") and len(line.split()) > 5:
        print(line)
PYTHON
"$build/train/sentence/train" "$out" cut=-50 plain=0.3 "$@" "$work/ewt.conllu" "$work/gum.conllu" "$work/plain.txt"

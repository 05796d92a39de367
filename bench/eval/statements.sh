#!/bin/bash
# bench/eval/statements.sh BUILD: statements on PolNeAR's development articles (as bars stand in bench/RESULTS.md), by the form of what was
# said, and on GUM's eRST attribution, which nothing was trained on.
set -e
demarche=$1/demarche shared=../shared work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$demarche" read $shared/data/attribution/dev.jsonl > "$work/dev.jsonl"
python3 $shared/eval/score_attribution.py --outermost $shared/data/attribution/dev.jsonl "$work/dev.jsonl"
python3 bench/eval/score_forms.py $shared/eval/score_attribution.py $shared/data/attribution/dev.jsonl "$work/dev.jsonl"
# GUM: the genres that are talk and news, and what its annotators call reported speech
python3 - $shared/data/attribution/gum_erst_dev.jsonl "$work/gum.jsonl" <<'PYTHON'
import json, sys
with open(sys.argv[2], "w") as out:
    for d in map(json.loads, open(sys.argv[1])):
        if d["genre"] in ("news", "interview", "speech", "court", "letter", "podcast"):
            d["statements"] = [s for s in d["statements"] if s.get("reported_speech")]
            out.write(json.dumps(d) + "\n")
PYTHON
"$demarche" read "$work/gum.jsonl" > "$work/gum.read.jsonl"
echo "GUM eRST dev, reported speech:"
python3 $shared/eval/score_attribution.py "$work/gum.jsonl" "$work/gum.read.jsonl" | grep -E "cue +exact|source +edge|content +overlap|who-what|pair-any"

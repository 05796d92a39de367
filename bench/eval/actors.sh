#!/bin/bash
# bench/eval/actors.sh BUILD: phrases of actors coded by land and role (`demarche actors code`), and how fast the table is there. The data stand beside
# the project; without them there is nothing to do.
set -e
shared=../shared
gold=$shared/data/events/ngec_actors.jsonl
[ -e "$gold" ] || { echo "actors: no data beside the project"; exit 0; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$1/demarche" actors code "$gold" > "$work/coded.jsonl"
echo "actor phrases: land and role"
python3 $shared/eval/score_actors.py "$gold" "$work/coded.jsonl"
"$1/demarche" actors code $shared/data/events/ngec_compound.jsonl > "$work/members.jsonl"
python3 - "$shared/data/events/ngec_compound.jsonl" "$work/members.jsonl" <<'P'
import json, sys
gold = [json.loads(line) for line in open(sys.argv[1])]
system = {d['id']: d for d in map(json.loads, open(sys.argv[2]))}
# only phrases that hold all their members themselves: the others ask for the sentence around them
own = [g for g in gold if all(m.split()[-1] in g['actor_text'] for m in g['members'])]
right = sum(sorted(m['text'] for m in system[g['id']].get('members', [{'text': g['actor_text']}])) == sorted(g['members']) for g in own)
print(f'members of joint phrases: {right} of {len(own)} phrases')
P
python3 - "$1/demarche" <<'P'
import subprocess, sys, time
best = min((lambda t: (subprocess.run([sys.argv[1], 'actors', 'show', 'putin'], stdout=subprocess.DEVNULL), time.perf_counter() - t)[1])(time.perf_counter())
           for _ in range(20))
none = min((lambda t: (subprocess.run([sys.argv[1], 'version'], stdout=subprocess.DEVNULL), time.perf_counter() - t)[1])(time.perf_counter())
           for _ in range(20))
print(f'the table is there after {max(0, best - none) * 1000:.1f} ms (a look-up, less the start of the program)')
P

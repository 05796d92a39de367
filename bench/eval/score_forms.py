#!/usr/bin/env python3
"""Recall of statements by the form of the marked content: direct (within quotation marks), mixed, indirect.

  score_forms.py SCORER GOLD.jsonl SYSTEM.jsonl     SCORER: score_attribution.py, whose pairing and measures are used

content exact: the same words, edge punctuation aside; who-what: content and source each right by half (Dice).
"""
import importlib.util, sys
from collections import defaultdict

spec = importlib.util.spec_from_file_location("scorer", sys.argv[1])
scorer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scorer)
OPEN, CLOSE = ("“", '"', "''", "``", "‘", "'"), ("”", '"', "''", "’", "'")


def form(text, statement):
    pieces = [text[b:e].strip() for b, e in statement["content"]]
    if pieces and all(p.startswith(OPEN) and p.rstrip(",.").endswith(CLOSE) for p in pieces):
        return "direct"
    return "mixed" if any(m in p for p in pieces for m in ("“", '"', "''", "``")) else "indirect"


count = defaultdict(lambda: [0, 0, 0, 0])
gold, system = scorer.read(sys.argv[2]), scorer.read(sys.argv[3])
for i, g in gold.items():
    tokens = scorer.Tokens(g["text"])
    sides = [[{r: tokens.of(s.get(r), True) for r in scorer.ROLES} for s in side]
             for side in (g["statements"], system.get(i, {}).get("statements", []))]
    paired = {a: b for a, b, _ in scorer.pairs(*sides)}
    for k, s in enumerate(g["statements"]):
        c = count[form(g["text"], s)]
        c[0] += 1
        if k not in paired:
            continue
        a, b = sides[0][k], sides[1][paired[k]]
        c[1] += bool(a["content"] & b["content"] or a["cue"] & b["cue"])
        c[2] += a["content"] == b["content"]
        c[3] += scorer.dice(a["content"], b["content"]) >= 0.5 and scorer.dice(a["source"], b["source"]) >= 0.5
for name in ("direct", "mixed", "indirect"):
    n, seen, exact, who = count[name]
    print("%-9s %5d   recall: noticed %.1f  content exact %.1f  who-what %.1f" %
          (name, n, 100 * seen / n, 100 * exact / n, 100 * who / n))

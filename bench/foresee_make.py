#!/usr/bin/env python3
"""foresee_make.py conflict OPTIONS [PLAYERS] | actors N DIMS: an invented scenario of that size, the same each time."""
import random, sys

kind, n, m = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 4
draw = random.Random(n * 100 + m)
print("demarche-scenario 1")
if kind == "conflict":
    for p in range(m):
        own = range(n * p // m, n * (p + 1) // m)
        print(f"actor P{p}")
        for o in own:
            print(f"  option o{o}")
        print("  prefers")
        for k in range(10):
            a, b, c = (draw.randrange(n) for _ in range(3))
            no = lambda: draw.choice(["", "!"])
            print(f"    {no()}o{a} {draw.choice('&|')} {no()}o{b}" + (f" if {no()}o{c}" if draw.random() < .4 else ""))
    for k in range(3):
        a, b, c = draw.sample(range(n), 3)
        print(f'infeasible o{a} & o{b} & !o{c} because "drawn"')
    print("now nothing")
else:
    for d in range(m):
        print(f"issue i{d}")
    for i in range(n):
        low = draw.uniform(30, 90)
        print(f"actor A{i} influence {low:.1f}..{low + 10:.1f}")
        for d in range(m):
            x, s = draw.uniform(5, 90), draw.uniform(5, 90 / m)
            print(f"  position i{d} {x:.1f}..{x + 5:.1f} salience {s:.1f}..{s + 5 / m:.1f}")

#!/usr/bin/env python3
"""foresee_check.py DEMARCHE DATA: runs the program on every reference case and compares number by number.

A case that differs is named with its first difference; the last line of each family counts what is equal."""
import glob, json, os, subprocess, sys

program, data = sys.argv[1], sys.argv[2]


def ask(*words):
    out = subprocess.run([program, *words], capture_output=True, text=True)
    if out.returncode:
        raise SystemExit(f"{' '.join(words)}: {out.stderr.strip()}")
    return json.loads(out.stdout)


def close(a, b):
    return abs(a - b) <= 1e-9


def utility():
    right = total = 0
    for path in sorted(glob.glob(f"{data}/bdm_*.json")):
        case = json.load(open(path))
        for key, q in (("expected", "1"), ("expected_Q_half", "0.5")):
            if key not in case:
                continue
            rounds = max(len(v) for v in case[key].values()) - 1
            got = ask("bargain", "--json", "--quiet-chance", q, "--rounds", str(rounds), path)["issues"][0]["utility"]
            for variant, series in case[key].items():
                same = all(close(r["median"], g["median"]) and close(r["mean"], g["mean"])
                           and all(map(close, r["positions"], g["positions"])) and all(map(close, r.get("risk", []), g.get("risk", [])))
                           for r, g in zip(series, got[variant]))
                total += 1
                right += same
                if not same:
                    print(f"  differs: {os.path.basename(path)} {key} {variant}")
    print(f"expected utility: {right} of {total} series equal to 1e-9 in every round")


def spatial():
    right = total = 0
    cases = [(f"{data}/ktab/{name}.csv", c["turns"], c["positions"], c["prob"])
             for name, c in json.load(open(f"{data}/ktab/expected.json"))["cases"].items()]
    for path in sorted(glob.glob(f"{data}/smp/*.expected.json")):
        c = json.load(open(path))["ktab"]
        cases.append((path.replace(".expected.json", ".csv"), c["turns"], c["positions_printed_1_decimal"], c["prob_printed_4_decimals"]))
    for path, turns, positions, chances in cases:
        got = ask("bargain", "--json", "--no-sweep", path)
        s, bad = got["spatial"], 0
        bad += s["turns"] != turns
        for actor, series in positions.items():
            i = got["actors"].index(actor)
            for d, values in enumerate(series):
                bad += sum(abs(x - s["positions"][t][i][d]) > 0.05 + 1e-9 for t, x in enumerate(values[:s["turns"] + 1]))
            bad += sum(abs(x - s["probability"][t][i]) > 0.00005 + 1e-9 for t, x in enumerate(chances[actor][:s["turns"] + 1]))
        total += 1
        right += not bad
        if bad:
            print(f"  differs: {os.path.basename(path)}: {bad} numbers")
    print(f"spatial model: {right} of {total} cases equal in every printed digit of every turn")


utility()
spatial()

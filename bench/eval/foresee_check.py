#!/usr/bin/env python3
"""foresee_check.py DEMARCHE DATA: runs the program on every reference case and compares number by number.

A case that differs is named with its first difference; the last line of each family counts what is equal."""
import glob, json, os, subprocess, sys, tempfile

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


def conflicts():
    right = total = 0
    for path in sorted(glob.glob(f"{data}/gmcr/*.json")):
        doc = json.load(open(path))
        for n, case in enumerate(doc.get("cases", [doc])):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
                json.dump({"model": case["model"]}, f)
                f.flush()
                got = ask("conflict", "--json", f.name)
            e, bad = case["expected"], []
            world = got["worlds"][0]
            merged = [i for i, s in enumerate(e["states"]) if "-" in s]
            if [s for i, s in enumerate(e["states"]) if i not in merged] != [s for i, s in enumerate(got["states"]) if i not in merged]:
                bad.append("states")
            bad += [k for k in ("payoffs", "stability", "equilibria") if e[k] != world[k]]
            if "strong_nash" in e and e["strong_nash"] != world["strong_nash"]:
                bad.append("strong_nash")
            for state, jump in e.get("coalition_jumps_from_nash", {}).items():
                if {"from": int(state), "coalition": jump["coalition"], "to": jump["to"]} not in world["coalition_jumps"]:
                    bad.append("coalition")
            if "status_quo" in e:
                got_reach = world.get("status_quo") or status_quo(case["model"], e["status_quo"]["from"])
                bad += [f"reach by {k}" for k in ("moves", "improvements") if e["status_quo"][k] != got_reach[k]]
            total += 1
            right += not bad
            if bad:
                print(f"  differs: {os.path.basename(path)} {n}: {', '.join(bad)}")
    print(f"conflicts: {right} of {total} models equal in every table, jump and reach")


def status_quo(model, start):
    """The generated models name no status quo; the tables start from one all the same."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
        json.dump({"model": {**model, "status_quo": start}}, f)
        f.flush()
        return ask("conflict", "--json", f.name)["worlds"][0]["status_quo"]


def games():
    doc = json.load(open(f"{data}/gambit/expected.json"))["games"]
    pure = pure_of = logit = logit_of = found = found_of = 0
    worst = 0
    for name, e in doc.items():
        at = (e.get("logit_qre_lambda_1") or "1").split(",")[0]      # one game's tables stop short of 1
        at = "1" if abs(float(at) - 1) < 1e-6 else at
        got = ask("game", "--json", "--lambda", at, f"{data}/gambit/{name}")
        if e.get("pure") is not None:
            pure_of += 1
            want = sorted(e["pure"])
            same = got["pure"] is not None and want == sorted(",".join(str(int(x)) for x in p) for p in got["pure"])
            pure += same
            if not same:
                print(f"  differs: {name}: pure, {len(want)} expected, {len(got['pure'] or [])} found")
        if e.get("logit_qre_lambda_1"):
            logit_of += 1
            want = [float(x) for x in e["logit_qre_lambda_1"].split(",")[1:]]
            off = max(abs(a - b) for a, b in zip(want, got["logit"]["p"])) if got["logit"] and len(want) == len(got["logit"]["p"]) else 9
            logit += off <= 1e-6
            if off > 1e-6:
                print(f"  differs: {name}: logit by {off:.2g} {got.get('logit_why', '')}")
        if e["players"] == 2:
            found_of += 1
            ok = bool(got["equilibria"]) and all(p["gain"] <= 1e-9 for p in got["equilibria"])
            found += ok
            if not ok:
                print(f"  differs: {name}: {got.get('equilibria_why', 'a profile that is no equilibrium')}")
            worst = max([worst] + [p["gain"] for p in got["equilibria"] or []])
    print(f"games: pure sets equal in {pure} of {pure_of}; logit responses at 1 to 1e-6 in {logit} of {logit_of}; "
          f"exact equilibria of two players, each checked, in {found} of {found_of} (largest gain {worst:.1g})")


utility()
spatial()
conflicts()
games()

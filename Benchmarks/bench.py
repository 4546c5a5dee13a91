#!/usr/bin/env python3
"""All measurements in one run, beside their limits and peers: one table, and one JSON file.

usage: Benchmarks/bench.py AUTODIALER PROGRAMS --output FILE [--python PYTHON] [--only PART,...] [--quick]

PROGRAMS is the folder of the benchmark programs in a release build, PYTHON an interpreter that has the package phonenumbers.
Parts: hot (the hot paths), instructions, regions, dial, claims, lists, shift, fleet. --quick measures less of each, to see that everything works.
What is compared is always of one run; seconds say more about the machine than about the program.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = ["hot", "instructions", "regions", "dial", "claims", "lists", "shift", "fleet"]


def run(folder, name, command):
    """Runs a measurement, whose own table is shown as it comes, and gives its figures."""
    output = os.path.join(folder, f"{name}.json")
    print(f"\n== {name}", flush=True)
    flag = "--output" if name == "hot" else "--json"
    result = subprocess.run([*command, flag, output])
    if result.returncode:
        sys.exit(f"{name}: failed with exit code {result.returncode}")
    with open(output, encoding="utf-8") as file:
        return json.load(file)


def measure(arguments, folder):
    script = lambda name, *words: [sys.executable, os.path.join(HERE, name), *words]
    program, quick = arguments.autodialer, arguments.quick
    commands = {
        "hot": [os.path.join(arguments.programs, "benchmarks"), *(["--quick"] if quick else [])],
        "instructions": script("instructions.py", os.path.join(arguments.programs, "benchmarks")),
        "regions": [arguments.python, os.path.join(HERE, "regions.py"), os.path.join(folder, "hot.json")],
        "dial": script("dialpath.py", program, arguments.programs,
                       *(["--rounds", "1", "--leads", "10000", "--minutes", "8"] if quick else [])),
        "claims": script("claims.py", program, arguments.programs,
                         *(["10000", "100000"] if quick else ["10000", "100000", "1000000", "10000000"])),
        "lists": script("lists.py", program, *(["20000"] if quick else ["1000000"])),
        "shift": script("shift.py", program, *(["--agents", "20"] if quick else [])),
        "fleet": script("fleet.py", program, arguments.programs,
                        *(["--leads", "20000", "--seconds", "2", "--runners", "1,2"] if quick else [])),
    }
    wanted = [part for part in PARTS if part in arguments.only]
    if "regions" in wanted and "hot" not in wanted:
        sys.exit("regions is compared with what hot measures: name both")
    return {name: run(folder, name, commands[name]) for name in wanted}


def rows(figures):
    """What was measured beside what is wanted: name, figure, bound, and whether it is to stay below."""
    hot = {row["name"]: row for row in figures.get("hot", [])}
    decision = "Pacing: decision, 1,000 agents, {} calls"
    if hot:
        nanoseconds = lambda name: hot[name]["nanosecondsPerOperation"]
        yield "decision at 1,000 x 5,000, microseconds", nanoseconds(decision.format(5_000)) / 1_000, 50, True
        # Ten times the calls; were it their logarithm by which a decision grows, it would cost 1.4 times as much.
        yield "... beside 500 calls", nanoseconds(decision.format(5_000)) / nanoseconds(decision.format(500)), 1.4, True
        picks = 1e9 / nanoseconds("CallerID: select of 10,000, random")
        yield "picks of a caller ID a second at 10,000", picks, 500_000, False
        yield "events of the engine a second", 1e9 / nanoseconds("Engine: event, 1,000 agents in calls"), None, False
    if "instructions" in figures:
        counted = {row["name"]: row["instructions"] for row in figures["instructions"]}
        yield "instructions of a decision at 1,000 x 5,000", counted[decision.format(5_000)], None, False
        yield "... beside 500 calls", counted[decision.format(5_000)] / counted[decision.format(500)], 1.4, True
    if "regions" in figures:
        yield "regions beside phonenumbers", figures["regions"]["ratio"], 10, False
    if "dial" in figures:
        yield "dial path beside the lower of its limits", figures["dial"]["ratio"], 0.6, False
        yield "... attempts a second", figures["dial"]["run"]["per_second"], None, False
    if "claims" in figures:
        first, last = figures["claims"][0], figures["claims"][-1]
        hundred = next((row for row in figures["claims"] if row["rows"] == 100_000), first)
        yield f"claim at {last['rows']} beside {first['rows']} leads", last["lead_us"] / first["lead_us"], 1.3, True
        yield "... first claim after the start, milliseconds", last["start_ms"], 1_000, True
        yield f"memory of a run at {last['rows']} beside {hundred['rows']} leads", last["run_mib"] / hundred["run_mib"], 1.5, True
        yield "... in MiB", last["run_mib"], 200, True
    for lists in figures.get("lists", []):
        for name, most in (("import", 3), ("export", 1.3)):
            part = lists[name]
            yield f"{name} of {lists['rows']} beside sqlite3", part["seconds"] / part["shell_seconds"], most, True
    if "shift" in figures:
        shift = figures["shift"]
        yield "seconds for eight hours of 200 agents", 8 / shift["hours_per_second"], 2, True
    if "fleet" in figures:
        by_lines = [row for row in figures["fleet"] if row["round"] == figures["fleet"][0]["round"]]
        one, two = by_lines[0], by_lines[1]
        yield "two runners on a server beside one, by lines", two["attempts"] / one["attempts"], 1.8, False
        yield "... attempts a second of one, by commits", max(
            row["attempts"] for row in figures["fleet"] if row["runners"] == 1), None, False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("autodialer", type=os.path.abspath)
    parser.add_argument("programs", type=os.path.abspath)
    parser.add_argument("--output", type=os.path.abspath, required=True)
    parser.add_argument("--python", type=os.path.abspath, default=sys.executable)
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(arguments, folder)
    table = []
    print(f"\n{'measured':<52}{'figure':>14}{'wanted':>14}")
    for name, figure, bound, isMost in rows(figures):
        is_kept = bound is None or (figure <= bound if isMost else figure >= bound)
        sign = "" if bound is None else f"{'<=' if isMost else '>='} {bound:g}"
        text = f"{figure:,.0f}" if figure >= 1_000 else f"{figure:.2f}"
        print(f"{name:<52}{text:>14}{sign:>14}  {'' if is_kept else 'MISSED'}")
        table.append({"name": name, "figure": figure, "bound": bound, "is_most": isMost, "is_kept": is_kept})
    with open(arguments.output, "w", encoding="utf-8") as file:
        json.dump({"table": table, "figures": figures}, file, indent=2)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How many instructions a decision on the pace takes, counted by valgrind, which no other work on the machine disturbs.

usage: Benchmarks/instructions.py BENCHMARKS [--json FILE]

BENCHMARKS is the benchmark program of a release build. Each loop is run twice, for fewer and for more decisions: the
difference leaves out what prepares them.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

LOOPS = [f"Pacing: decision, 1,000 agents, {calls} calls" for calls in (50, 500, 5_000)] + [
    "Pacing: decision, 10 agents, 25 calls"
]
FEW, MANY = 100, 500


def counted(program, folder, loop, iterations):
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.path.join(folder, 'calls')}", program,
               "--filter", loop, "--iterations", str(iterations)]
    result = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", result.stderr)
    if result.returncode or not found:
        sys.exit(f"{' '.join(command)}: exit code {result.returncode}\n{result.stderr[-2000:]}")
    return int(found[1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmarks")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind does not understand all that Swift says for debuggers.
        program = os.path.join(folder, "benchmarks")
        subprocess.run(["strip", "--strip-debug", "-o", program, arguments.benchmarks], check=True)
        for loop in LOOPS:
            few, many = (counted(program, folder, loop, count) for count in (FEW, MANY))
            rows.append({"name": loop, "instructions": (many - few) / (MANY - FEW)})
            print(f"{loop:<48}{rows[-1]['instructions']:>12,.0f} instructions", flush=True)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=2)


if __name__ == "__main__":
    main()

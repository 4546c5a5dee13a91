#!/usr/bin/env python3
"""How long it takes to rehearse a shift of eight hours.

usage: Benchmarks/shift.py AUTODIALER [--agents N] [--json FILE]

A campaign with more leads than a shift can call is forecast once, for calling hours of eight hours. Printed are seconds of
processor time, of which reading the list is told apart by a forecast of a list of one lead, and virtual hours a second.
"""
import argparse
import json
import os
import subprocess
import tempfile

from processes import usage_of

CAMPAIGN = """name: shift
vendor: simulator.well
leads: {{ file: leads.csv, country: CN }}
mode: predictive
agents: {{ group: sales }}
dial: {{ ring_timeout: 25s }}
hours: {{ rules: none }}
retry: {{ busy: never, no_answer: never, machine: never, unreachable: never, congestion: never, unknown: never }}
simulator: {{ agents: {agents}, answer: 35%, talk: 4m, wrap_up: 25s }}
"""


def forecast(arguments, leads, folder, *words):
    """Seconds of processor time of one forecast, and its figures."""
    os.chdir(folder)
    database = f"{leads}.sqlite"
    with open("campaign.yaml", "w", encoding="utf-8") as file:
        file.write(CAMPAIGN.format(agents=arguments.agents))
    with open("leads.csv", "w", encoding="utf-8") as file:
        file.write("phone\n" + "".join(f"154{place * 7919 % 100_000_000:08}\n" for place in range(leads)))
    subprocess.run([arguments.autodialer, "import", "campaign.yaml", "--database", database, "--quiet"], check=True)
    command = [arguments.autodialer, "forecast", "campaign.yaml", "--database", database, "--runs", "1", "--json", *words]
    with open("forecast.json", "w+", encoding="utf-8") as file:
        _, processor, _ = usage_of(command, stdout=file)
        file.seek(0)
        return processor, json.load(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("autodialer", type=os.path.abspath)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    output = arguments.json and os.path.abspath(arguments.json)
    # What so many agents, talking for four fifths of the time, get through in eight hours; nobody is called twice.
    leads = int(arguments.agents * 8 * 3600 / 265 / 0.35 * 0.8)
    with tempfile.TemporaryDirectory() as folder:
        nothing, _ = min((forecast(arguments, 1, folder) for _ in range(3)), key=lambda pair: pair[0])
        seconds, told = min((forecast(arguments, leads, folder) for _ in range(3)), key=lambda pair: pair[0])
        os.chdir("/")
    figures = told["scenarios"][0]["figures"]
    hours = figures["agent_hours"]["median"] / arguments.agents
    print(f"{arguments.agents} agents, {hours:.1f} hours, {figures['attempts']['median']:.0f} attempts: {seconds:.2f} s of "
          f"processor time, {nothing:.2f} s of them for a list of one; {hours / seconds:.1f} hours a second")
    if output:
        with open(output, "w", encoding="utf-8") as file:
            json.dump({"hours": hours, "seconds": seconds, "start_seconds": nothing,
                       "attempts": figures["attempts"]["median"], "hours_per_second": hours / seconds}, file, indent=2)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Forecasts beside the runs that they were made of: how often the run's figures lie in the forecast's bands.

usage: Benchmarks/forecasts.py AUTODIALER [--seeds N] [--speed FACTOR] [--mode MODE] [--leads N] [--agents N] [--jobs N]
       [--first SEED]

For each seed a campaign is imported and forecast, and then run on the built-in simulator, whose callees and agents the
forecast knows nothing of but their averages. Printed is, for each figure, how many runs lie in the band that the forecast
had stated, and what forecasts and runs come to on the average. Every wait between two attempts is so short that one run
carries the campaign through, as the forecast does.
"""
import argparse
import concurrent.futures
import json
import os
import random
import sqlite3
import subprocess
import tempfile
from datetime import datetime

CAMPAIGN = """name: trial
vendor: simulator.alibaba
leads: {{ file: leads.csv, country: CN }}
mode: {mode}
agents: {{ group: sales }}
dial: {{ ring_timeout: 25s }}
hours: {{ rules: none }}
retry:
  busy:         {{ after: 1m, attempts: 2 }}
  no_answer:    {{ after: 2m, attempts: 2 }}
  machine:      {{ after: 3m, attempts: 2 }}
  unreachable:  {{ after: 3m, attempts: 2 }}
  congestion:   {{ after: 1m, attempts: 2 }}
  agent_missed: {{ after: 1m, attempts: 2 }}
  abandoned:    {{ after: 3m, attempts: 1 }}
  rejected:     {{ after: 3m, attempts: 1 }}
  unknown:      {{ after: 3m, attempts: 2 }}
simulator: {{ agents: {agents}, seed: {seed}, answer: 35%, talk: 60s, wrap_up: 15s }}
"""

FIGURES = ["end", "attempts", "contacts", "utilisation", "abandonment"]


def command(arguments, *words):
    result = subprocess.run([arguments.autodialer, *words], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(words)}: exit code {result.returncode}\n{result.stderr}")
    return result.stdout


def minutes(instant):
    return datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp() / 60


def ran(database):
    """The figures of a run, from its attempts."""
    with sqlite3.connect(database) as connection:
        one = lambda sql: connection.execute(sql).fetchone()[0] or 0
        start = one("SELECT min(claimed_at) FROM attempts")
        end = one("SELECT max(ended_at) FROM attempts")
        live = one("SELECT count(*) FROM attempts WHERE outcome IN ('connected', 'abandoned')")
        late = one("SELECT count(*) FROM attempts WHERE outcome = 'connected' AND connected_at - answered_at > 2000")
        lost = one("SELECT count(*) FROM attempts WHERE outcome = 'abandoned'")
        return {
            "end": (end - start) / 60_000,
            "attempts": one("SELECT count(*) FROM attempts"),
            "contacts": one("SELECT count(*) FROM attempts WHERE outcome = 'connected'"),
            "talk": one("SELECT sum(talk_ms) FROM attempts WHERE outcome = 'connected'") / 60_000,
            "abandonment": (lost + late) / live if live else 0,
        }


def trial(arguments, seed):
    with tempfile.TemporaryDirectory() as folder:
        campaign, database = os.path.join(folder, "trial"), os.path.join(folder, "trial.sqlite")
        os.mkdir(campaign)
        with open(os.path.join(campaign, "campaign.yaml"), "w") as file:
            file.write(CAMPAIGN.format(mode=arguments.mode, agents=arguments.agents, seed=seed))
        numbers = random.Random(seed).sample(range(10_000_000), arguments.leads)
        with open(os.path.join(campaign, "leads.csv"), "w") as file:
            file.write("phone\n" + "".join(f"1540{number:07}\n" for number in numbers))
        command(arguments, "import", campaign, "--database", database)
        forecast = json.loads(command(arguments, "forecast", campaign, "--database", database, "--json"))
        command(arguments, "run", campaign, "--database", database, "--speed", str(arguments.speed),
                "--max-duration", "48h")
        bands = forecast["scenarios"][0]["figures"]
        for key in ("median", "low", "high"):
            bands["end"][key] = minutes(bands["end"][key]) - minutes(forecast["from"])
        figures = ran(database)
        # As the forecast counts them: agents are there from beginning to end.
        figures["utilisation"] = figures["talk"] / (arguments.agents * figures["end"])
        return bands, figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("autodialer")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--speed", type=float, default=60)
    parser.add_argument("--mode", default="predictive")
    parser.add_argument("--leads", type=int, default=300)
    parser.add_argument("--agents", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=3)
    arguments = parser.parse_args()
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        trials = list(pool.map(lambda seed: trial(arguments, seed), seeds))
    print(f"{arguments.mode}, {arguments.leads} leads, {arguments.agents} agents, --speed {arguments.speed:g}")
    print(f"{'figure':<14}{'in band':>10}{'above':>8}{'below':>8}{'forecast':>12}{'run':>12}")
    for key in FIGURES:
        pairs = [(bands[key], figures[key]) for bands, figures in trials]
        # A count in the band as it is printed, which is rounded.
        slack = 1e-4 if key in ("utilisation", "abandonment") else 0.01
        above = sum(value > band["high"] + slack for band, value in pairs)
        below = sum(value < band["low"] - slack for band, value in pairs)
        inside = len(pairs) - above - below
        forecast = sum(band["median"] for band, _ in pairs) / len(pairs)
        run = sum(value for _, value in pairs) / len(pairs)
        print(f"{key:<14}{inside:>6}/{len(pairs):<4}{above:>7}{below:>8}{forecast:>12.3f}{run:>12.3f}")


if __name__ == "__main__":
    main()

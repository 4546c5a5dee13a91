#!/usr/bin/env python3
"""Look-ups of regions by the Python package phonenumbers, beside ours.

usage: Benchmarks/regions.py BENCHMARKS.JSON [--json FILE]

BENCHMARKS.JSON is what `benchmarks --output` has written in the same run. The same kinds of numbers are asked about: what
kind a number is, where it belongs and which time zones it may be in; each of ours is a new one, as in a list, of
which the first digits may be known from another. Needs the package phonenumbers, which `make bench`
installs into a place of its own.
"""
import argparse
import json
import random
import time

import phonenumbers
from phonenumbers import geocoder, timezone


def numbers(count):
    generator = random.Random(1)
    kinds = [
        lambda: f"+8613{generator.randrange(100_000_000, 1_000_000_000)}",
        lambda: f"+86571{generator.randrange(50_000_000, 80_000_000)}",
        lambda: f"+1415{generator.randrange(2_000_000, 10_000_000)}",
        lambda: f"+4420{generator.randrange(70_000_000, 80_000_000)}",
    ]
    return [kinds[place % len(kinds)]() for place in range(count)]


def look_up(text):
    number = phonenumbers.parse(text)
    return phonenumbers.number_type(number), geocoder.description_for_number(number, "zh"), timezone.time_zones_for_number(number)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmarks")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    asked = numbers(4_096)
    for number in asked[:200]:
        look_up(number)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for number in asked:
            look_up(number)
        best = min(best, (time.perf_counter() - start) / len(asked))
    with open(arguments.benchmarks, encoding="utf-8") as file:
        ours = {row["name"]: row["nanosecondsPerOperation"] for row in json.load(file)}
    figures = {"phonenumbers_ns": best * 1e9}
    print(f"phonenumbers                     {best * 1e9:10.0f} ns a number")
    for name in ("Regions: place of a new number", "Regions: place of a number, cached",
                 "Regions: place of a number, not cached"):
        figures[name] = ours[name]
        print(f"{name:<40}{ours[name]:>8.0f} ns   {best * 1e9 / ours[name]:8.1f} x as fast")
    figures["ratio"] = best * 1e9 / ours["Regions: place of a new number"]
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


if __name__ == "__main__":
    main()

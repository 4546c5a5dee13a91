#!/usr/bin/env python3
"""What a claim costs, and what a run needs to begin, however many leads a campaign has.

usage: Benchmarks/claims.py AUTODIALER PROGRAMS [ROWS ...] [--json FILE]     (10000 100000 1000000 unless said otherwise)

PROGRAMS is the folder that holds `claims`. A short list is imported, and so many leads are added to it by SQL; then leads
are claimed in batches of a hundred, each batch one durable transaction with the end of the batch before. Printed are
microseconds for a lead and bytes read from the file for it, which are to stay the same; the time until the first lead is
claimed by a process that has just been started; and the memory of a run that places calls.
"""
import argparse
import json
import multiprocessing
import os
import sqlite3
import subprocess
import tempfile

from processes import usage_of

CAMPAIGN = """name: bench
vendor: simulator.alibaba
leads: { file: leads.csv, country: CN }
mode: progressive
agents: { group: sales }
hours: { rules: none }
simulator: { agents: 200, talk: 10s, wrap_up: 5s }
"""

MORE = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO leads ({columns}) SELECT {values} FROM n, (SELECT * FROM leads ORDER BY id LIMIT 1) AS l
"""


def add(database, rows):
    """Adds leads like the first one, with numbers of their own."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -1000000")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(leads)") if row[1] != "id"]
        # Prefixes that were never allocated; in no order, as numbers of lists are.
        own = {"number": "printf('+86154%08d', 10000000 + i * 7919 % 90000000)", "line": "i + 1", "place": "i"}
        sql = MORE.format(columns=", ".join(columns), values=", ".join(own.get(name, f"l.{name}") for name in columns))
        connection.execute(sql, (rows - 1,))
        connection.execute("DELETE FROM lead_counts")
        connection.execute(
            "INSERT INTO lead_counts SELECT campaign, state, coalesce(ending, ''), count(*) FROM leads GROUP BY 1, 2, 3")
        connection.execute("UPDATE counted_leads SET through = (SELECT max(id) FROM leads)")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def measure(arguments, rows, folder):
    os.chdir(folder)
    with open("campaign.yaml", "w", encoding="utf-8") as file:
        file.write(CAMPAIGN)
    with open("leads.csv", "w", encoding="utf-8") as file:
        file.write("phone,name\n15499999999,somebody\n")
    database = f"{rows}.sqlite"
    subprocess.run([arguments.autodialer, "import", "campaign.yaml", "--database", database, "--quiet"], check=True)
    # In a process of its own: the kernel counts the memory of whoever starts a program as the program's.
    adding = multiprocessing.get_context("spawn").Process(target=add, args=(database, rows))
    adding.start()
    adding.join()
    if adding.exitcode:
        raise SystemExit("leads could not be added")
    program = os.path.join(arguments.programs, "claims")
    best = None
    for _ in range(3):
        text = subprocess.run([program, database, "bench", "20", "100"], capture_output=True, text=True, check=True).stdout
        figures = [float(word) for word in text.split()]
        best = figures if best is None else [min(pair) for pair in zip(best, figures)]
    run = [arguments.autodialer, "run", "campaign.yaml", "--database", database, "--quiet", "--speed", "200",
           "--max-attempts", "2000", "--max-duration", "4h"]
    figures = {"rows": rows, "start_ms": best[0], "lead_us": best[1], "lead_bytes": best[2], "run_mib": usage_of(run)[2]}
    for name in os.listdir("."):
        if name.startswith(database):
            os.remove(name)
    return figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("autodialer", type=os.path.abspath)
    parser.add_argument("programs", type=os.path.abspath)
    parser.add_argument("rows", type=int, nargs="*")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    output = arguments.json and os.path.abspath(arguments.json)
    all_figures = []
    print(f"{'leads':>10}{'first claim':>14}{'a lead':>12}{'read for it':>14}{'run':>12}")
    for rows in arguments.rows or [10_000, 100_000, 1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(arguments, rows, folder)
            os.chdir("/")
        all_figures.append(figures)
        print(f"{rows:>10}{figures['start_ms']:>11.0f} ms{figures['lead_us']:>9.1f} us{figures['lead_bytes']:>12.0f} B"
              f"{figures['run_mib']:>8.0f} MiB", flush=True)
    first, last = all_figures[0], all_figures[-1]
    print(f"a lead at {last['rows']} beside {first['rows']}: {last['lead_us'] / first['lead_us']:.2f} x the time, "
          f"{last['lead_bytes'] / max(1, first['lead_bytes']):.2f} x the bytes; memory {last['run_mib'] / first['run_mib']:.2f} x")
    if output:
        with open(output, "w", encoding="utf-8") as file:
            json.dump(all_figures, file, indent=2)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Lists in and results out at scale, beside the sqlite3 shell doing the same with the same file in the same run.

usage: Benchmarks/lists.py AUTODIALER [ROWS ...] [--json FILE]     (100000 and 1000000 rows unless said otherwise)

For each size: a list is imported, and loaded by the shell's .import into a plain table; as many attempts are made by SQL,
exported, and written by the shell as CSV with the same columns; the leads are exported too. Printed are seconds, the
ratio to the shell, and the most memory that the program had, which must not grow with the rows once they fill SQLite's
cache.
"""
import json
import os
import sys
import tempfile

from processes import usage_of

CAMPAIGN = """name: bench
vendor: simulator.alibaba
leads: { file: leads.csv, country: CN }
mode: progressive
agents: { group: sales }
"""

ATTEMPTS = """
PRAGMA synchronous = OFF;
INSERT INTO runs (campaign, vendor, started_at) VALUES (1, 'simulator.alibaba', 1767319384000);
UPDATE leads SET state = 'finished', ending = 'reached', not_before = NULL;
INSERT INTO attempts (campaign, lead, run, ordinal, number, vendor, caller_id, shown_caller_id, vendor_call, state, outcome,
    cpa, agent, claimed_at, answered_at, connected_at, ended_at, talk_ms, vendor_reason)
SELECT 1, id, 1, 1, number, 'simulator.alibaba', '057180000001', '057180000001', printf('1795%014d', id), 'closed',
    'connected', 'human', printf('agent-%d', id % 50), 1767319384000 + id * 40, 1767319384000 + id * 40 + 9000,
    1767319384000 + id * 40 + 9400, 1767319384000 + id * 40 + 69400, 60000, '200-OK' FROM leads ORDER BY id;
"""


def instant(column):
    """The two columns of an instant, as our export has them where the machine's clocks show UTC."""
    text = f"strftime('%Y-%m-%dT%H:%M:%f', a.{column} / 1000.0, 'unixepoch')"
    return f"{text} || '+00:00' AS {column}, {text} || 'Z' AS {column}_utc"


EXPORT = f"""
.mode csv
.headers on
SELECT a.id AS attempt_id, 'bench' AS campaign, lead AS lead_id, run AS run_id, ordinal AS attempt_number,
    a.number AS phone, l.name, vendor, caller_id, shown_caller_id, vendor_call AS vendor_call_id, a.state, outcome,
    cpa AS cpa_result, agent AS agent_id, {instant('claimed_at')}, {instant('answered_at')}, {instant('connected_at')},
    {instant('ended_at')}, talk_ms, vendor_reason, ended_at - answered_at AS duration_ms, 'outbound' AS direction,
    'false' AS prerecorded, '' AS message, '' AS rules, '' AS consent, '' AS caller_id_proof, '' AS caller_id_name,
    '' AS caller_id_valid_until, '' AS telemarketer, '' AS seller, '' AS product, '' AS callees, '' AS script,
    '' AS disposition, connected_at - answered_at AS agent_wait_ms, '' AS short_call, {instant('message_at')}
FROM attempts a JOIN leads l ON l.id = a.lead WHERE a.campaign = 1 ORDER BY a.id;
"""


def write_list(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("phone,name,city,note\r\n")
        for index in range(rows):
            # Prefixes that were never allocated, in no order: seven digits that repeat only after ten million rows.
            number = f"154{index // 10_000_000}{index * 7919 % 10_000_000:07d}"
            file.write(f"{number},张{index},杭州,note {index % 97}\r\n")


def run(command, stdin=None, stdout=None):
    """Seconds that a command takes, and the most memory that it had, in mebibytes."""
    seconds, _, memory = usage_of(command, stdin, stdout)
    return seconds, memory


def row(name, ours, shell=None):
    """Prints a line, and gives what it says."""
    ratio = f"{ours[0] / shell[0]:5.2f} x" if shell else ""
    print(f"  {name:<18}{ours[0]:8.2f} s{'%8.2f s' % shell[0] if shell else '':>10}  {ratio:>8}{ours[1]:8.0f} MiB")
    return {"seconds": ours[0], "shell_seconds": shell and shell[0], "mib": ours[1]}


def measure(autodialer, rows):
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("campaign.yaml", "w", encoding="utf-8") as file:
            file.write(CAMPAIGN)
        write_list("leads.csv", rows)
        print(f"{rows} rows          autodialer    sqlite3     ratio    memory")
        ours = run([autodialer, "import", "campaign.yaml", "--quiet"])
        shell = run(["sqlite3", "plain.sqlite", ".mode csv", ".import leads.csv leads"])
        figures = {"rows": rows, "import": row("import", ours, shell)}
        row("dry run", run([autodialer, "import", "campaign.yaml", "-n", "--quiet", "--database", "none.sqlite"]))
        run(["sqlite3", "autodialer.sqlite"], stdin=ATTEMPTS)
        ours = run([autodialer, "export", "attempts", "campaign.yaml", "--reveal", "-o", "ours.csv"])
        with open("shell.csv", "wb") as file:
            shell = run(["sqlite3", "autodialer.sqlite"], stdin=EXPORT, stdout=file)
        figures["export"] = row("export attempts", ours, shell)
        row("export leads", run([autodialer, "export", "leads", "campaign.yaml", "--reveal", "-o", "leads-out.csv"]))
        row("export --json", run([autodialer, "export", "attempts", "campaign.yaml", "--json", "-o", "ours.json"]))
        with open("ours.csv", "rb") as mine, open("shell.csv", "rb") as theirs:
            same = all(a.replace(b'"', b"") == b.replace(b'"', b"") for a, b in zip(mine, theirs))
        print("  both files say the same" if same else "  THE FILES DIFFER")
        os.chdir("/")
        return figures | {"same": same}


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ["TZ"] = "UTC"
    words = sys.argv[1:]
    output = os.path.abspath(words[words.index("--json") + 1]) if "--json" in words else None
    if output:
        del words[words.index("--json"):words.index("--json") + 2]
    binary = os.path.abspath(words[0])
    measured = [measure(binary, size) for size in [int(word) for word in words[1:]] or [100_000, 1_000_000]]
    if output:
        with open(output, "w", encoding="utf-8") as file:
            json.dump(measured, file, indent=2)

#!/usr/bin/env python3
"""The whole dial path, beside what libcurl and SQLite can do alone, in one run.

usage: Benchmarks/dialpath.py AUTODIALER PROGRAMS [--leads N] [--agents N] [--speed FACTOR] [--rounds N] [--json FILE]

PROGRAMS is the folder that holds curl-limit and sqlite-limit. A simulator is a process of its own, on loopback, and a run
carries a campaign through it as fast as machine and agents allow; every claim and every result is durable before anything
else happens. Two limits are measured with the same work, one after the other: curl-limit makes as many requests of each
operation, signed beforehand, to a simulator as fresh as the first; sqlite-limit writes the rows that the run has written,
in as many transactions, into a copy of the database from before the run, on the same disk. The run has to do both, and to
decide. Of several rounds, the one counts in which the run was fastest, and the fastest of each limit.
"""
import argparse
import base64
import hashlib
import hmac
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timezone

from processes import usage_of

CAMPAIGN = """name: bench
vendor: local
leads: {{ file: leads.csv, country: CN }}
mode: predictive
agents: {{ group: sales }}
dial: {{ max_lines: {lines}, ring_timeout: 25s }}
caller_id: {{ numbers: ["057180000001"] }}
hours: {{ rules: none }}
"""

ACCOUNT = """local:
  kind: alibaba
  endpoint: http://127.0.0.1:{port}
  simulated: true
  instance_id: simulator
  subdomain: simulator
  access_key_id: simulator
  access_key_secret: ${{AUTODIALER_SIMULATOR_SECRET}}
  requests_per_second: 1000
  burst: 1000
"""
SECRET = "simulator-secret"
# As many connections as the runner opens to one host.
CONNECTIONS = 8


class Simulator:
    """A simulator in a process of its own."""

    def __init__(self, arguments):
        self.process = subprocess.Popen(
            [arguments.autodialer, "simulator", "--speed", str(arguments.speed), "--agents", str(arguments.agents)],
            stdout=subprocess.PIPE, text=True)
        self.port = None
        for line in self.process.stdout:
            if "endpoint:" in line:
                self.port = int(line.rsplit(":", 1)[1])
            if "access_key_secret" in line:
                break

    def ask(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/simulator/{path}") as answer:
            return json.load(answer)

    def stop(self):
        """Ends it; the seconds of processor time that it took."""
        self.process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = 0
        return usage.ru_utime + usage.ru_stime


def body(action, now, **parameters):
    """The form of one request, signed as Alibaba's gateways ask for (vendors/alibaba-udesk.md, A1.3)."""
    parameters |= {
        "Action": action, "Version": "2017-07-05", "Format": "JSON", "AccessKeyId": "simulator",
        "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": str(uuid.uuid4()),
        "Timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "InstanceId": "simulator",
    }
    quote = lambda text: urllib.parse.quote(text, safe="-_.~")
    query = "&".join(f"{quote(name)}={quote(parameters[name])}" for name in sorted(parameters))
    text = f"POST&%2F&{quote(query)}".encode()
    signature = base64.b64encode(hmac.new(f"{SECRET}&".encode(), text, hashlib.sha1).digest()).decode()
    return f"{query}&Signature={quote(signature)}"


def forms(simulator, counts, numbers, speed):
    """As many requests of each operation as the run has made, in a mixture as even as the run's."""
    # So far ahead that requests which are sent late are not too old; the gateway tolerates a quarter of an hour.
    clock = simulator.ask("clock")["now_ms"]
    now = datetime.fromtimestamp(clock / 1000 + min(800, 10 * speed), timezone.utc)
    dial = lambda number: body("DialEx", now, Callee=number, Caller="057180000001", AnswerMode="2", RoutPoint="sales-queue")
    answer = urllib.request.urlopen(f"http://127.0.0.1:{simulator.port}/", dial(numbers[0]).encode())
    task = json.load(answer)["TaskId"]
    since = str(clock)
    makers = {
        "DialEx": lambda place: "!" + dial(numbers[place % len(numbers)]),
        "ListCallEventDetailByContactId": lambda place: body("ListCallEventDetailByContactId", now, ContactId=task),
        "ListCallDetailRecords": lambda place: body(
            "ListCallDetailRecords", now, ContactId=task, PageNumber="1", PageSize="100", StartTime=since,
            WithRecording="false"),
        "ListSkillGroups": lambda place: body("ListSkillGroups", now, PageNumber="1", PageSize="100"),
        "ListAgentStates": lambda place: body("ListAgentStates", now, PageNumber="1", PageSize="100"),
    }
    unknown = [action for action in counts if action not in makers]
    if unknown:
        raise SystemExit(f"dialpath.py cannot make requests of {', '.join(unknown)}")
    spread = [((place + 0.5) / count, action, place) for action, count in counts.items() for place in range(count)]
    return [makers[action](place) for _, action, place in sorted(spread)]


def settle(database):
    """Brings everything from a database's log into its file, so that the file can be copied."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy_fresh(name):
    """Makes a database as it was before the run, in the place of whatever is there."""
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(name + suffix):
            os.remove(name + suffix)
    shutil.copy("fresh.sqlite", name)


def metric(path, name):
    with open(path, encoding="utf-8") as file:
        return sum(float(line.rsplit(" ", 1)[1]) for line in file if line.startswith(name))


def run(arguments):
    """The run: its figures, its simulator's request counts."""
    simulator = Simulator(arguments)
    with open("vendors.yaml", "w", encoding="utf-8") as file:
        file.write(ACCOUNT.format(port=simulator.port))
    copy_fresh("run.sqlite")
    _, processor, memory = usage_of(
        [arguments.autodialer, "run", "campaign.yaml", "--database", "run.sqlite", "--quiet", "--max-duration",
         f"{arguments.minutes}m", "--metrics-file", "run.prom"])
    counts = simulator.ask("requests")
    simulator_processor = simulator.stop()
    with sqlite3.connect("run.sqlite") as connection:
        one = lambda sql: connection.execute(sql).fetchone()[0]
        attempts = one("SELECT count(*) FROM attempts WHERE outcome IS NOT NULL")
        # From the first claim to the last: afterwards calls only end.
        seconds = (one("SELECT max(claimed_at) - min(claimed_at) FROM attempts")) / 1000 / arguments.speed
        lost = one("SELECT count(*) FROM attempts WHERE outcome IN ('not_placed', 'refused', 'unknown')")
    settle("run.sqlite")
    return {
        "attempts": attempts, "seconds": seconds, "per_second": attempts / seconds, "lost": lost,
        "processor_ms": processor / attempts * 1000, "simulator_processor_ms": simulator_processor / attempts * 1000,
        "memory_mib": memory, "transactions": int(metric("run.prom", "autodialer_ledger_commit_duration_seconds_count")),
        "requests": counts,
    }


def curl_limit(arguments, counts, attempts, numbers):
    simulator = Simulator(arguments)
    with open("requests.txt", "w", encoding="utf-8") as file:
        file.write("\n".join(forms(simulator, counts, numbers, arguments.speed)))
    program = os.path.join(arguments.programs, "curl-limit")
    result = subprocess.run(
        [program, f"http://127.0.0.1:{simulator.port}/", "requests.txt", str(CONNECTIONS)], capture_output=True, text=True)
    processor = simulator.stop()
    if result.returncode:
        raise SystemExit(f"curl-limit: {result.stdout}{result.stderr}")
    seconds = float(result.stdout.split()[0])
    return {"per_second": attempts / seconds, "requests_per_second": sum(counts.values()) / seconds,
            "simulator_processor_ms": processor / attempts * 1000}


def sqlite_limit(arguments, transactions):
    copy_fresh("limit.sqlite")
    program = os.path.join(arguments.programs, "sqlite-limit")
    result = subprocess.run([program, "limit.sqlite", "run.sqlite", str(transactions)], capture_output=True, text=True)
    if result.returncode:
        raise SystemExit(f"sqlite-limit: {result.stderr}")
    seconds, attempts, statements, _ = result.stdout.split()
    return {"per_second": int(attempts) / float(seconds), "statements": int(statements)}


def measure(arguments):
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        os.chdir(folder)
        numbers = [f"154{place * 7919 % 100_000_000:08}" for place in range(arguments.leads)]
        with open("leads.csv", "w", encoding="utf-8") as file:
            file.write("phone\n" + "\n".join(numbers) + "\n")
        with open("campaign.yaml", "w", encoding="utf-8") as file:
            file.write(CAMPAIGN.format(lines=arguments.lines))
        with open("vendors.yaml", "w", encoding="utf-8") as file:
            file.write(ACCOUNT.format(port=1))
        usage_of([arguments.autodialer, "import", "campaign.yaml", "--database", "fresh.sqlite", "--quiet"])
        settle("fresh.sqlite")
        rounds = []
        for _ in range(arguments.rounds):
            ours = run(arguments)
            rounds.append({
                "run": ours, "curl": curl_limit(arguments, ours["requests"], ours["attempts"], numbers),
                "sqlite": sqlite_limit(arguments, ours["transactions"])})
        os.chdir("/")
    best = {name: max((each[name] for each in rounds), key=lambda figures: figures["per_second"])
            for name in ("run", "curl", "sqlite")}
    limit = min(best["curl"]["per_second"], best["sqlite"]["per_second"])
    return best | {"ratio": best["run"]["per_second"] / limit}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("autodialer", type=os.path.abspath)
    parser.add_argument("programs", type=os.path.abspath)
    parser.add_argument("--leads", type=int, default=40_000)
    parser.add_argument("--agents", type=int, default=500)
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--minutes", type=int, default=20)
    parser.add_argument("--speed", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    os.environ["AUTODIALER_SIMULATOR_SECRET"] = SECRET
    figures = measure(arguments)
    ours, curl, sqlite = figures["run"], figures["curl"], figures["sqlite"]
    per_attempt = sum(ours["requests"].values()) / ours["attempts"]
    print(f"dial path             {ours['per_second']:8.0f} attempts/s   {ours['processor_ms']:.2f} ms of processor and "
          f"{per_attempt:.2f} requests each, {ours['attempts']} attempts ({ours['lost']} lost) in "
          f"{ours['transactions']} transactions, {ours['memory_mib']:.0f} MiB")
    print(f"limit of libcurl      {curl['per_second']:8.0f} attempts/s   {curl['requests_per_second']:.0f} requests/s")
    print(f"limit of SQLite       {sqlite['per_second']:8.0f} attempts/s   {sqlite['statements']} statements")
    print(f"ratio to the lower one {figures['ratio']:7.2f}")
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


if __name__ == "__main__":
    main()

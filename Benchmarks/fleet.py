#!/usr/bin/env python3
"""How much more a campaign's runners carry together than one of them, and what bounds them.

usage: Benchmarks/fleet.py AUTODIALER PROGRAMS [--leads N] [--seconds N] [--runners N,...] [--json FILE]

PROGRAMS is the folder that holds `fleet`. A PostgreSQL of its own is started on loopback, a list is imported, and so many
runners, each a process, claim leads, place calls and close them through the ledger, each step durable before the next, each
row in a fresh copy of the database. Rounds differ in what bounds them: calls that take their time, so that lines do;
calls that are over at once, so that commits do, of one account or of an account for each runner; and the last once more on a
server that does not wait for its disk. Beside attempts and commits stand how many statements an attempt takes and how long the
server is at work on them, the processor time of all as a share of the machine, and what the server's connections were waiting
for, sampled from `pg_stat_activity`: a lock, the disk, or nothing, which is work of their own.
"""
import argparse
import collections
import glob
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

CAMPAIGN = """name: bench
vendor: simulator.alibaba
leads: { file: leads.csv, country: CN }
mode: progressive
agents: { group: sales }
hours: { rules: none }
"""
# What distinguishes the rounds: name, lines of a runner, milliseconds of a call, an account each, waiting for the disk.
ROUNDS = [
    ("calls of 2 s, 100 lines each", 100, 2_000, False, True),
    ("calls over at once, one account", 25, 0, False, True),
    ("calls over at once, an account each", 25, 0, True, True),
    ("calls over at once, no wait for the disk", 25, 0, False, False),
]
WAITS = """SELECT coalesce(wait_event_type || ' ' || wait_event, 'working'), count(*) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid() GROUP BY 1 \\watch 0.05
"""
STATEMENTS = """SELECT sum(calls), sum(total_exec_time) FROM pg_stat_statements
WHERE dbid = (SELECT oid FROM pg_database WHERE datname = 'round')"""


class Server:
    """A PostgreSQL that ends with the block that it is used in."""

    def __init__(self, folder):
        found = shutil.which("postgres") or max(glob.glob("/usr/lib/postgresql/*/bin/postgres"), default=None)
        if not found:
            sys.exit("PostgreSQL is not installed; `make setup-tests` does it")
        self.tools = os.path.dirname(os.path.realpath(found))
        self.data = os.path.join(folder, "data")
        # PostgreSQL does not run as root.
        self.user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]
        initdb = ["initdb", "--pgdata", self.data, "--username=autodialer", "--auth=trust", "--encoding=UTF8",
                  "--locale=C.UTF-8"]
        subprocess.run(self.command(initdb), check=True, stdout=subprocess.DEVNULL, **self.identity())

    def identity(self):
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def command(self, words):
        return [os.path.join(self.tools, words[0]), *words[1:]]

    def start(self, waits_for_disk):
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": 200,
                    "max_wal_size": "4GB", "shared_buffers": "512MB", "fsync": "on" if waits_for_disk else "off",
                    "autovacuum_naptime": "1h", "log_checkpoints": "off",
                    "shared_preload_libraries": "pg_stat_statements"}
        words = ["postgres", "-D", self.data, "-p", str(self.port)]
        for name, value in settings.items():
            words += ["-c", f"{name}={value}"]
        self.process = subprocess.Popen(
            self.command(words), stderr=subprocess.PIPE, text=True, cwd="/", **self.identity())
        while "ready to accept connections" not in (line := self.process.stderr.readline()):
            if not line:
                sys.exit("the server does not start")

    def stop(self):
        self.process.terminate()
        self.process.stderr.read()
        self.process.wait()

    def address(self, database):
        return f"postgresql://autodialer@127.0.0.1:{self.port}/{database}"

    def psql(self, database="postgres"):
        return [*self.command(["psql"]), "--quiet", "--no-align", "--tuples-only", self.address(database)]

    def say(self, *statements, database="postgres"):
        words = [word for statement in statements for word in ("--command", statement)]
        return subprocess.run([*self.psql(database), *words], check=True, capture_output=True, text=True).stdout

    def processor_time(self):
        """Seconds that all its processes have worked, those that have ended among them."""
        ticks = 0
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="utf-8") as file:
                    pid, words = int(path.split("/")[2]), file.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if pid == self.process.pid:
                ticks += sum(int(word) for word in words[11:15])
            elif int(words[1]) == self.process.pid:
                ticks += sum(int(word) for word in words[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


def machine_time():
    """Seconds that the machine has worked for anybody."""
    with open("/proc/stat", encoding="utf-8") as file:
        words = [int(word) for word in file.readline().split()[1:]]
    return (sum(words[:8]) - words[3] - words[4]) / os.sysconf("SC_CLK_TCK")


def measure(arguments, server, lines, call, has_accounts, count):
    """One round."""
    server.say("DROP DATABASE IF EXISTS round", "CREATE DATABASE round TEMPLATE bench", "CHECKPOINT")
    program, seconds = os.path.join(arguments.programs, "fleet"), arguments.seconds
    runners = []
    for number in range(count):
        account = f"local.{number}" if has_accounts else "local"
        words = [program, server.address("round"), "bench", account, str(lines), str(call), str(seconds)]
        runners.append(subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for runner in runners:
        runner.stdout.readline()
    server.say("SELECT pg_stat_statements_reset()", database="round")
    before, all_before, began = server.processor_time(), machine_time(), time.monotonic()
    watch = subprocess.Popen(server.psql(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    watch.stdin.write(WAITS)
    watch.stdin.flush()
    for runner in runners:
        runner.stdin.write("go\n")
        runner.stdin.flush()
    figures, own = [], 0
    for runner in runners:
        text = runner.stdout.read()
        _, status, usage = os.wait4(runner.pid, 0)
        runner.returncode = status
        if status:
            sys.exit(f"a runner failed with status {status}; are there leads enough?")
        own += usage.ru_utime + usage.ru_stime
        figures.append([float(word) for word in text.split()])
    took, cores = time.monotonic() - began, os.cpu_count()
    watch.kill()
    waits = collections.Counter()
    for line in watch.communicate()[0].splitlines():
        if "|" in line:
            event, times = line.rsplit("|", 1)
            waits[event] += int(times)
    asked = server.say(STATEMENTS, database="round").split("|")
    attempts, commits = sum(row[0] for row in figures), sum(row[1] for row in figures)
    known = sum(waits.values()) or 1
    return {
        "runners": count, "attempts": attempts / took, "commits": commits / took,
        "per_commit": attempts / max(1, commits), "commit_ms": sorted(row[2] for row in figures)[len(figures) // 2],
        "statements": float(asked[0]) / max(1, attempts), "statements_ms": float(asked[1]) / max(1, attempts),
        "server": (server.processor_time() - before) / took / cores, "own": own / took / cores,
        "machine": (machine_time() - all_before) / took / cores,
        "waits": {event: times / known for event, times in waits.most_common(4)},
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("autodialer", type=os.path.abspath)
    parser.add_argument("programs", type=os.path.abspath)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--runners", type=lambda text: [int(word) for word in text.split(",")], default=[1, 2, 4, 8])
    parser.add_argument("--json")
    arguments = parser.parse_args()
    output = arguments.json and os.path.abspath(arguments.json)
    all_figures = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, "campaign.yaml"), "w", encoding="utf-8") as file:
            file.write(CAMPAIGN)
        with open(os.path.join(folder, "leads.csv"), "w", encoding="utf-8") as file:
            file.write("phone\n" + "".join(f"154{number:08}\n" for number in range(arguments.leads)))
        home = os.path.join(folder, "server")
        os.mkdir(home)
        server = Server(home)
        is_loaded = False
        for name, lines, call, has_accounts, waits_for_disk in ROUNDS:
            server.start(waits_for_disk)
            if not is_loaded:
                server.say("CREATE DATABASE bench")
                server.say("CREATE EXTENSION pg_stat_statements", database="bench")
                subprocess.run([arguments.autodialer, "import", "campaign.yaml", "--quiet", "--database",
                                server.address("bench")], check=True, cwd=folder)
                is_loaded = True
            print(f"\n{name}\n{'runners':>8}{'attempts/s':>12}{'commits/s':>11}{'per commit':>12}{'commit':>10}"
                  f"{'statements':>18}{'runners':>9}{'server':>8}{'machine':>9}  connections at work: waiting for", flush=True)
            for count in arguments.runners:
                row = measure(arguments, server, lines, call, has_accounts, count)
                all_figures.append({"round": name, **row})
                waits = ", ".join(f"{event} {share:.0%}" for event, share in row["waits"].items())
                print(f"{count:>8}{row['attempts']:>12.0f}{row['commits']:>11.0f}{row['per_commit']:>12.1f}"
                      f"{row['commit_ms']:>7.1f} ms{row['statements']:>7.1f} ="
                      f"{row['statements_ms']:>6.2f} ms{row['own']:>9.0%}{row['server']:>8.0%}{row['machine']:>9.0%}  {waits}",
                      flush=True)
            server.stop()
    if output:
        with open(output, "w", encoding="utf-8") as file:
            json.dump(all_figures, file, indent=2)


if __name__ == "__main__":
    main()

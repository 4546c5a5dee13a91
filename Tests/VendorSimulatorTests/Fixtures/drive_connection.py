"""Talks to a dialect of the simulator over a WebSocket, and prints what came of it as one JSON object.

Usage: drive_connection.py PORT
"""

import json
import sys

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

BOUND_SECONDS = 120


def read(connection):
    return connection.recv(timeout=BOUND_SECONDS)


def ask(connection, text):
    connection.send(text)
    return read(connection)


def ending(connection, text):
    """The close code and reason that a text leads to, or the absence of a closing handshake."""
    connection.send(text)
    try:
        read(connection)
    except ConnectionClosed as closed:
        return [closed.rcvd.code, closed.rcvd.reason] if closed.rcvd else ["no handshake", ""]
    return ["still open", ""]


def refusal(url):
    try:
        connect(url, open_timeout=BOUND_SECONDS)
    except InvalidStatus as refused:
        return refused.response.status_code
    return 101


def main():
    base = f"ws://127.0.0.1:{sys.argv[1]}"
    url = base + "/echo/socket?who=me"
    options = {"open_timeout": BOUND_SECONDS, "ping_interval": None, "close_timeout": BOUND_SECONDS}
    report = {"refusals": [refusal(base + "/other"), refusal(base + "/")]}
    with connect(url, additional_headers={"X-Echo": "field"}, **options) as connection:
        report["greeting"] = read(connection)
        report["plain"] = ask(connection, "好 plain")
        report["pings"] = [connection.ping(data).wait(BOUND_SECONDS) for data in (b"", b"data")]
        report["fragments"] = ask(connection, iter(["one ", "two ", "three"]))
        sizes = [125, 126, 65_535, 65_536, 300_000]
        report["sizes"] = [ask(connection, "x" * size) == "x" * size for size in sizes]
        connection.send("call 13800990003")
        report["events"] = [read(connection) for _ in range(4)]
        connection.send("call 13800990001")
        report["talk"] = [read(connection) for _ in range(9)]
    report["closed_by_client"] = connection.close_code
    with connect(url, **options) as connection:
        read(connection)
        report["closed"] = ending(connection, "close")
    with connect(url, **options) as connection:
        read(connection)
        report["cut"] = ending(connection, "cut")
    with connect(url, **options) as connection:
        read(connection)
        report["open_at_the_end"] = ask(connection, "count")
    print(json.dumps(report))


main()

"""A WebSocket server that plays cases and reports the client's part in them, which the `wsproto` package judges.

The client's first message is the case: `NAME CHUNK FIRST AWAITED SECOND`. The bytes FIRST (in hexadecimal digits, or `-`)
are sent in pieces of CHUNK bytes (0 for one piece), and SECOND once the client has sent AWAITED frames more. Prints its
port, then one line for each case: its name and what the client sent, or what it did wrong.
"""

import socket
import sys
import threading

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Ping,
    Pong,
    Request,
    TextMessage,
)
from wsproto.utilities import ProtocolError


def described(event):
    if isinstance(event, TextMessage):
        data = event.data.encode()
        same = len(data) > 200 and len(set(data)) == 1
        return f"text:{len(data)}*{data[0]:02x}" if same else "text:" + data.hex()
    if isinstance(event, BytesMessage):
        return "binary"
    if isinstance(event, Ping):
        return "ping:" + bytes(event.payload).hex()
    if isinstance(event, Pong):
        return "pong:" + bytes(event.payload).hex()
    if isinstance(event, CloseConnection):
        # Where it is not the client that closes but this package that finds fault, there is a reason.
        return f"close:{int(event.code)}" + (f"({event.reason})" if event.reason else "")
    return type(event).__name__


class Case:
    def __init__(self, client):
        self.client = client
        self.name, self.said, self.awaited, self.second = "?", [], None, b""
        self.chunk = 0
        self.text = ""

    def write(self, data):
        step = self.chunk or 1 << 30
        for start in range(0, len(data), step):
            self.client.sendall(data[start : start + step])

    def begin(self, text):
        self.name, chunk, first, awaited, second = text.split(" ")
        self.chunk, self.awaited = int(chunk), int(awaited)
        self.second = bytes.fromhex(second.strip("-"))
        first = bytes.fromhex(first.strip("-"))
        self.write(first if self.awaited else first + self.second)

    def note(self, event):
        if isinstance(event, TextMessage):
            self.text += event.data
            if not event.message_finished:
                return
            event = TextMessage(data=self.text)
            self.text = ""
        if self.awaited is None:
            self.begin(event.data)
            return
        self.said.append(described(event))
        if self.awaited:
            self.awaited -= 1
            if not self.awaited:
                self.write(self.second)


def play(client):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    protocol = WSConnection(ConnectionType.SERVER)
    case = Case(client)
    try:
        ended = False
        while not ended:
            received = client.recv(65536)
            ended = not received
            protocol.receive_data(received or None)
            for event in protocol.events():
                if isinstance(event, Request):
                    client.sendall(protocol.send(AcceptConnection()))
                else:
                    case.note(event)
                    ended = ended or isinstance(event, CloseConnection)
    except (ProtocolError, OSError) as error:
        case.said.append(f"broken: {error!r}")
    client.close()
    print("case", case.name, " ".join(case.said) or "nothing", "end of", case.name, flush=True)


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    print("port", listener.getsockname()[1], flush=True)
    while True:
        threading.Thread(target=play, args=(listener.accept()[0],), daemon=True).start()


sys.exit(main())

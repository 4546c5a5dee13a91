"""A WebSocket server that plays a case and reports the client's part in it, which the `wsproto` package judges.

The path names the case: `/NAME/CHUNK/HEX` sends the bytes HEX after the handshake, in pieces of CHUNK bytes (0 for one
piece). Prints its port, then one line for each case: its name and what the client sent, or what it did wrong.
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
        return "text:" + event.data.encode().hex()
    if isinstance(event, BytesMessage):
        return "binary"
    if isinstance(event, Ping):
        return "ping:" + bytes(event.payload).hex()
    if isinstance(event, Pong):
        return "pong:" + bytes(event.payload).hex()
    if isinstance(event, CloseConnection):
        return f"close:{int(event.code)}"
    return type(event).__name__


def play(client):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    protocol = WSConnection(ConnectionType.SERVER)
    name, said = "?", []
    try:
        while True:
            received = client.recv(65536)
            protocol.receive_data(received or None)
            for event in protocol.events():
                if isinstance(event, Request):
                    name, chunk, script = event.target.split("/")[1:4]
                    client.sendall(protocol.send(AcceptConnection()))
                    script, step = bytes.fromhex(script), int(chunk) or 1 << 20
                    for start in range(0, len(script), step):
                        client.sendall(script[start : start + step])
                else:
                    said.append(described(event))
                    if isinstance(event, CloseConnection):
                        received = b""
            if not received:
                break
    except ProtocolError as error:
        said.append(f"broken protocol: {error}")
    except OSError as error:
        said.append(f"broken connection: {error}")
    client.close()
    print("case", name, " ".join(said) or "nothing", "end", flush=True)


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    print("port", listener.getsockname()[1], flush=True)
    while True:
        threading.Thread(target=play, args=(listener.accept()[0],), daemon=True).start()


sys.exit(main())

"""A WebSocket server that sends every text back, of the `websockets` package: echo_server.py [CERTIFICATE KEY].

Prints its port, then how each connection ended. The path `/pieces` sends each text back in frames of 1,000 characters.
"""

import asyncio
import ssl
import sys

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed


async def echo(connection):
    try:
        async for message in connection:
            if connection.request.path == "/pieces":
                await connection.send([message[start : start + 1000] for start in range(0, len(message), 1000)])
            else:
                await connection.send(message)
    except ConnectionClosed:
        pass
    await connection.wait_closed()
    print("closed", connection.close_code, flush=True)


async def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
    async with serve(echo, "127.0.0.1", 0, ssl=context, max_size=None) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())

"""The STOMP broker of the `coilmq` package behind a WebSocket, as a vendor's broker stands: stomp_broker.py.

Prints its port. `coilmq` decodes what the client writes and encodes what it reads; this script carries bytes only.
"""

import asyncio
import socket
import threading

from coilmq.queue import QueueManager
from coilmq.scheduler import FavorReliableSubscriberScheduler, RandomQueueScheduler
from coilmq.server.socket_server import ThreadedStompServer
from coilmq.store.memory import MemoryQueue
from coilmq.topic import TopicManager
from websockets.asyncio.server import serve


def start_broker():
    broker = ThreadedStompServer(
        ("127.0.0.1", 0),
        queue_manager=QueueManager(
            store=MemoryQueue(),
            subscriber_scheduler=FavorReliableSubscriberScheduler(),
            queue_scheduler=RandomQueueScheduler(),
        ),
        topic_manager=TopicManager(),
    )
    threading.Thread(target=broker.serve_forever, daemon=True).start()
    return broker.server_address[1]


async def main():
    broker = start_broker()

    async def carry(connection):
        reader, writer = await asyncio.open_connection("127.0.0.1", broker)

        async def inwards():
            async for message in connection:
                writer.write(message.encode())
                await writer.drain()
            writer.close()

        async def outwards():
            while data := await reader.read(65536):
                await connection.send(data.decode())
            await connection.close()

        await asyncio.gather(inwards(), outwards(), return_exceptions=True)

    async with serve(carry, "127.0.0.1", 0) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())

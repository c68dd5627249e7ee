#!/usr/bin/env python3
"""Makes a loopback port of a network namespace reachable on this side: forward-port.py PORT NAMESPACE NAMESPACE-PORT

Listens on 127.0.0.1:PORT, or any free port for 0, where it was started, then moves into NAMESPACE and opens every outgoing connection there: a
socket stays in the namespace it was made in. Prints "ready PORT" when it listens. Needs root.
"""

import asyncio
import ctypes
import os
import socket
import sys

CLONE_NEWNET = 0x40000000


def enter(namespace: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    if libc.setns(descriptor, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"cannot enter the network namespace {namespace}")
    os.close(descriptor)


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except ConnectionError:
        pass  # one side went away, the other is closed by the caller


async def main() -> None:
    port, namespace, target = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    listener = socket.create_server(("127.0.0.1", port))
    enter(namespace)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
        except ConnectionError:
            writer.close()  # nobody listens there (any more), which is what the near side sees now
            return
        try:
            await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))
        finally:
            far_writer.close()
            writer.close()

    server = await asyncio.start_server(serve, sock=listener)
    print("ready", listener.getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())

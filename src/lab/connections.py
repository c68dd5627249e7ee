#!/usr/bin/env python3
"""Many connections at once, and who serves each: connections.py ADDRESS PORT COUNT

Opens COUNT connections to an HTTP server of the lab and keeps them open. Asks over all of them at once and prints
"SOURCE-PORT REAL" for each, then "done"; asks and prints again for every line on standard input, and ends when that
is closed. A connection that cannot be opened or breaks is printed with "-" and the error instead of a real.
"""

import asyncio
import sys

PATIENCE_SECONDS = 20


class Connection:
    def __init__(self):
        self.port = 0
        self.error = ""

    async def open(self, address: str, port: int) -> None:
        try:
            self.reader, self.writer = await asyncio.wait_for(asyncio.open_connection(address, port), PATIENCE_SECONDS)
            self.port = self.writer.get_extra_info("sockname")[1]
        except (OSError, asyncio.TimeoutError) as e:
            self.error = f"{type(e).__name__} while connecting"

    async def ask(self) -> str:
        if self.error:
            return f"- {self.error}"
        try:
            return await asyncio.wait_for(self.exchange(), PATIENCE_SECONDS)
        except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as e:
            self.error = f"{type(e).__name__} while asking"
            return f"- {self.error}"

    async def exchange(self) -> str:
        self.writer.write(b"GET / HTTP/1.1\r\nHost: lab\r\n\r\n")
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        await self.reader.readexactly(int(headers["Content-Length"]))
        return headers["X-Real"]


async def main() -> None:
    address, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    connections = [Connection() for _ in range(count)]
    await asyncio.gather(*(c.open(address, port) for c in connections))
    loop = asyncio.get_running_loop()
    while True:
        reals = await asyncio.gather(*(c.ask() for c in connections))
        for connection, real in zip(connections, reals):
            print(connection.port, real)
        print("done", flush=True)
        if not await loop.run_in_executor(None, sys.stdin.readline):
            break


asyncio.run(main())

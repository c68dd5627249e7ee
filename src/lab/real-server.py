#!/usr/bin/env python3
"""The server of a real in the lab: real-server.py NAME ADDRESS...

On every ADDRESS, which is a VIP that the namespace carries on lo:
  TCP 80 and 8080  HTTP with keep-alive. "/" says who answers and who asked, "/big/N" sends N bytes. The header
                   X-Real carries NAME.
  TCP 7            echo
  UDP 7            echo, with "NAME " in front
"""

import asyncio
import socket
import sys

NAME = sys.argv[1]
HTTP_PORTS = (80, 8080)
ECHO_PORT = 7
# SO_RCVBUFFORCE of <asm-generic/socket.h>, which Python does not name: bursts must not be lost in this process.
SO_RCVBUFFORCE = 33
RECEIVE_BUFFER = 16 << 20


def answer(path: str, peer: tuple) -> bytes:
    if path.startswith("/big/"):
        return b"x" * int(path[len("/big/"):])
    return f"real {NAME}: hello {peer[0]} port {peer[1]}\n".encode()


async def serve_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            body = answer(head.split(" ", 2)[1], writer.get_extra_info("peername"))
            writer.write(
                f"HTTP/1.1 200 OK\r\nX-Real: {NAME}\r\nContent-Type: text/plain\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
            if "connection: close" in head.lower():
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # the client went away, which ends the conversation
    finally:
        writer.close()


async def serve_echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass  # the client went away, which ends the conversation
    finally:
        writer.close()


class UdpEcho(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)

    def datagram_received(self, data, peer):
        self.transport.sendto(NAME.encode() + b" " + data, peer)


async def main() -> None:
    loop = asyncio.get_running_loop()
    for address in sys.argv[2:]:
        for port in HTTP_PORTS:
            await asyncio.start_server(serve_http, address, port, backlog=4096)
        await asyncio.start_server(serve_echo, address, ECHO_PORT, backlog=4096)
        # Bound to the VIP: a socket bound to the wildcard would answer UDP from the real's own address.
        await loop.create_datagram_endpoint(UdpEcho, local_addr=(address, ECHO_PORT))
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())

#!/usr/bin/env python3
"""UDP flows that speak when told to: udp-talk.py ADDRESS PORT

For every line "FLOW HEX" on standard input, sends a datagram of those bytes to an echo server of the lab, from the socket
of that flow, and prints "SOURCE-PORT REAL" once the answer has come; for every line "FLOW", gives the flow a new source
port. Prints "SOURCE-PORT -" where no answer comes. Ends when standard input is closed.
"""

import socket
import sys

PATIENCE_SECONDS = 5


def open_flow(address: str, port: int) -> socket.socket:
    flow = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
    flow.settimeout(PATIENCE_SECONDS)
    flow.connect((address, port))
    return flow


def ask(flow: socket.socket, payload: bytes) -> str:
    flow.send(payload)
    try:
        while True:
            real, _, echo = flow.recv(65535).partition(b" ")
            # What comes late belongs to an earlier question.
            if echo == payload:
                return real.decode()
    except OSError:
        return "-"


def main() -> None:
    address, port = sys.argv[1], int(sys.argv[2])
    flows = {}
    for line in sys.stdin:
        number, _, payload = line.strip().partition(" ")
        old = flows.get(number)
        if old is None or not payload:
            # The old port is given back only after the new one is taken: they differ.
            flows[number] = open_flow(address, port)
            if old is not None:
                old.close()
        if payload:
            flow = flows[number]
            print(flow.getsockname()[1], ask(flow, bytes.fromhex(payload)), flush=True)


main()

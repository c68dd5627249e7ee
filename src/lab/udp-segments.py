#!/usr/bin/env python3
"""Datagrams that the kernel is handed in one piece: udp-segments.py MARK ADDRESS SIZE COUNT

Sends COUNT datagrams of SIZE bytes to the echo server of ADDRESS with one call and with this SO_MARK, as programs do that
speak QUIC (UDP_SEGMENT, udp(7)). Prints who has answered how many of them whole, such as "s1 8".
"""

import collections
import socket
import sys

SO_MARK = 36
UDP_SEGMENT = 103  # of <linux/udp.h>, which Python does not name
SECONDS = 5

mark, address, size, count = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
family = socket.AF_INET6 if ":" in address else socket.AF_INET
sent = {bytes([number]) * size for number in range(count)}
with socket.socket(family, socket.SOCK_DGRAM) as sender:
    sender.setsockopt(socket.SOL_SOCKET, SO_MARK, mark)
    sender.setsockopt(socket.SOL_UDP, UDP_SEGMENT, size)
    sender.settimeout(SECONDS)
    sender.sendto(b"".join(sorted(sent)), (address, 7))
    answers = collections.Counter()
    try:
        while sent:
            name, _, payload = sender.recv(65536).partition(b" ")
            sent.remove(payload)
            answers[name.decode()] += 1
    except TimeoutError:
        pass  # the answers that came are those that came
print(" ".join(f"{name} {number}" for name, number in sorted(answers.items())) or "nobody")

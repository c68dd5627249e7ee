#!/usr/bin/env python3
"""Asks an echo server through a tunnel of one's own: tunnelled-echo.py ipip|gue CLIENT DESTINATION VIP

Sends a datagram from CLIENT to port 7 of VIP, inside a packet to DESTINATION, and prints what comes back to CLIENT without
a tunnel. CLIENT is an address of the machine it runs on; it and VIP are of one family, DESTINATION may be of the other.
"""

import ipaddress
import socket
import struct
import sys

ECHO_PORT = 7
# IANA's port of GUE.
GUE_PORT = 6080
IPIP = 4
IPV6_IN_IP = 41
UDP = 17
TTL = 64
PATIENCE_SECONDS = 5


def checksum(data: bytes) -> int:
    """RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def packet(source: str, port: int, destination: str, payload: bytes) -> bytes:
    src, dst = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    length = 8 + len(payload)
    pseudo = src.packed + dst.packed + struct.pack("!HH", UDP, length)
    ports = struct.pack("!HHH", port, ECHO_PORT, length)
    datagram = ports + struct.pack("!H", checksum(pseudo + ports + b"\0\0" + payload) or 0xFFFF) + payload
    if src.version == 6:
        return struct.pack("!IHBB", 6 << 28, length, UDP, TTL) + src.packed + dst.packed + datagram
    header = struct.pack("!BBHHHBB", 0x45, 0, 20 + length, 0, 0, TTL, UDP)
    addresses = src.packed + dst.packed
    return header + struct.pack("!H", checksum(header + b"\0\0" + addresses)) + addresses + datagram


def family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def main() -> None:
    tunnel, client, destination, vip = sys.argv[1:]
    with socket.socket(family(client), socket.SOCK_DGRAM) as answers:
        answers.bind((client, 0))
        answers.settimeout(PATIENCE_SECONDS)
        inner = packet(client, answers.getsockname()[1], vip, b"through a tunnel")
        if tunnel == "gue":
            sender = socket.socket(family(destination), socket.SOCK_DGRAM)
        else:
            sender = socket.socket(family(destination), socket.SOCK_RAW, IPV6_IN_IP if ":" in vip else IPIP)
        with sender:
            sender.sendto(inner, (destination, GUE_PORT if tunnel == "gue" else 0))
        data, peer = answers.recvfrom(2048)
        print(peer[0], data.decode())


main()

#!/usr/bin/python3
"""Makes a configuration of Mako from commands of Katran's Go client.

Reads the commands from standard input, one a line, as they stand in the script that sets a Katran up, and prints a
document for PUT /config. What Mako does not have is reported with its line, and nothing is printed unless --leave-out
is given. Comments and empty lines are skipped, and so is the name of the client, whatever it is.

    examples/migration/katran-to-mako.py <commands.txt >config.json
"""

import argparse
import ipaddress
import json
import shlex
import sys

SWITCHES = "A E D a e d l s C unset sum lru icmp del_hc list_hc list_mac del_qm list_qm".split()
VALUES = "server t u vf r w rf new_hc somark change_mac quic_mapping".split()
READS = "l s list_hc list_mac list_qm".split()
# What a configuration document has no place for, and what to do instead.
NOT_HERE = {
    "change_mac": "set mako.dataplane.gateway-mac, or leave it at auto",
    "quic_mapping": "Mako does not have QUIC server ids yet",
    "del_qm": "Mako does not have QUIC server ids yet",
}
FLAGS = ["NO_SPORT", "NO_LRU", "QUIC_VIP", "DPORT_HASH"]


class NotCarriedOver(Exception):
    """A command that has no equivalent in a configuration document."""


def parse(line):
    """The flags of one command; Go takes -flag value, -flag=value and two dashes."""
    words = iter(shlex.split(line, comments=True))
    given = {}
    for word in words:
        if not word.startswith("-"):
            if given:
                raise NotCarriedOver(f"'{word}' is no flag")
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if name in SWITCHES:
            given[name] = value != "false"
        elif name in VALUES:
            given[name] = value if equals else next(words, "")
        else:
            raise NotCarriedOver(f"the client has no flag -{name}")
    return given


def address(text):
    return str(ipaddress.ip_address(text.strip("[]")))


def weight(given):
    text = given.get("w", "1")
    if not text.isdigit():
        raise NotCarriedOver(f"the weight '{text}' is no number")
    return int(text)


def vip_id(given):
    protocol = "tcp" if "t" in given else "udp"
    host, colon, port = given.get("t", given.get("u", "")).rpartition(":")
    if not colon or not port.isdigit():
        raise NotCarriedOver("the service is missing: -t or -u with address:port")
    return f"{address(host)}-{int(port)}-{protocol}"


def flag(given):
    name = given.get("vf", "")
    if name and name not in FLAGS:
        raise NotCarriedOver(f"Mako does not have the flag {name} yet")
    return {name} if name else set()


def mark(given):
    text = given.get("somark", "")
    if not text.isdigit() or int(text) == 0:
        raise NotCarriedOver("the mark is missing: -somark with a number from 1 on")
    return str(int(text))


def require(vips, vip):
    if vip not in vips:
        raise NotCarriedOver(f"there is no service {vip} at this point")
    return vips[vip]


def carry_over(vips, marks, given):
    """Does to the configuration what a command does to Katran."""
    for name, instead in NOT_HERE.items():
        if name in given:
            raise NotCarriedOver(f"-{name}: {instead}")
    if given.get("C"):
        vips.clear()
        marks.clear()
    elif given.get("A"):
        vips.setdefault(vip_id(given), {"flags": flag(given), "reals": {}})
    elif given.get("D"):
        vips.pop(vip_id(given), None)
    elif given.get("E"):
        vip = require(vips, vip_id(given))
        vip["flags"] = vip["flags"] - flag(given) if given.get("unset") else vip["flags"] | flag(given)
    elif given.get("a") or given.get("e"):
        if given.get("rf"):
            raise NotCarriedOver(f"Mako does not have the flag {given['rf']} yet")
        require(vips, vip_id(given))["reals"][address(given.get("r", ""))] = weight(given)
    elif given.get("d"):
        require(vips, vip_id(given))["reals"].pop(address(given.get("r", "")), None)
    elif given.get("new_hc"):
        marks[mark(given)] = {"real": address(given["new_hc"])}
    elif given.get("del_hc"):
        marks.pop(mark(given), None)
    elif given and not any(given.get(name) for name in READS):
        raise NotCarriedOver("nothing to do: one of -A -E -D -a -e -d -new_hc -del_hc is missing")


def document(vips, marks, hash_function):
    """Members that have Mako's defaults are left out, as GET /config does."""
    result = {}
    for name, vip in vips.items():
        entry = result[name] = {"flags": sorted(vip["flags"])} if vip["flags"] else {}
        if hash_function != "MAGLEV_V2":
            entry["hashFunction"] = hash_function
        entry["reals"] = {real: {} if weight == 1 else {"weight": weight} for real, weight in vip["reals"].items()}
    return {"vips": result, "healthcheckMarks": marks} if marks else {"vips": result}


def main():
    options = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], epilog="Exits with 1 when a command could not be carried over."
    )
    options.add_argument("--leave-out", action="store_true", help="print the document without what Mako does not have")
    options.add_argument(
        "--hash-function",
        choices=["MAGLEV_V2", "MAGLEV"],
        default="MAGLEV_V2",
        help="MAGLEV_V2, which Katran's gRPC server uses, or MAGLEV, the default of its library",
    )
    chosen = options.parse_args()
    vips, marks = {}, {}
    left_out = 0
    for number, line in enumerate(sys.stdin, 1):
        try:
            carry_over(vips, marks, parse(line))
        except (NotCarriedOver, ValueError) as reason:
            print(f"line {number}: {line.strip()}\n    {reason}", file=sys.stderr)
            left_out += 1
    if left_out and not chosen.leave_out:
        print(f"{left_out} commands cannot be carried over; --leave-out prints the rest", file=sys.stderr)
    else:
        json.dump(document(vips, marks, chosen.hash_function), sys.stdout, indent=2)
        print()
    return 1 if left_out else 0


if __name__ == "__main__":
    sys.exit(main())

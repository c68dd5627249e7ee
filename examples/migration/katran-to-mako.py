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
}
# The client knows five of them; the others are here for clients of your own, under the names they have in Katran.
FLAGS = "NO_SPORT NO_LRU QUIC_VIP DPORT_HASH LOCAL_VIP".split()
FLAGS += "SRC_ROUTING GLOBAL_LRU HASH_SRC_DST_PORT UDP_STABLE_ROUTING UDP_FLOW_MIGRATION".split()


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
        raise NotCarriedOver(f"there is no flag {name} of a service")
    return {name} if name else set()


def is_local(given):
    name = given.get("rf", "")
    if name and name != "LOCAL_REAL":
        raise NotCarriedOver(f"there is no flag {name} of a real")
    return bool(name)


def mark(given):
    text = given.get("somark", "")
    if not text.isdigit() or int(text) == 0:
        raise NotCarriedOver("the mark is missing: -somark with a number from 1 on")
    return str(int(text))


def server_id(given):
    host, equals, number = given.get("quic_mapping", "").rpartition("=")
    if not equals or not number.isdigit():
        raise NotCarriedOver("the server id is missing: -quic_mapping with address=id")
    return str(int(number)), address(host)


class Configuration:
    """What the commands have made so far."""

    def __init__(self):
        self.vips = {}
        self.local_reals = set()
        self.marks = {}
        self.server_ids = {}

    def require(self, vip):
        if vip not in self.vips:
            raise NotCarriedOver(f"there is no service {vip} at this point")
        return self.vips[vip]

    def uses(self, real):
        return any(real in vip["reals"] for vip in self.vips.values())


def carry_over(made, given):
    """Does to the configuration what a command does to Katran."""
    vips, marks = made.vips, made.marks
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
        vip = made.require(vip_id(given))
        vip["flags"] = vip["flags"] - flag(given) if given.get("unset") else vip["flags"] | flag(given)
    elif given.get("a") or given.get("e"):
        reals, real = made.require(vip_id(given))["reals"], address(given.get("r", ""))
        local = is_local(given)
        # As with Katran, what a real is, is said when it first appears.
        if not made.uses(real):
            (made.local_reals.add if local else made.local_reals.discard)(real)
        reals[real] = weight(given)
    elif given.get("d"):
        made.require(vip_id(given))["reals"].pop(address(given.get("r", "")), None)
    elif given.get("del_qm"):
        number, real = server_id(given)
        if made.server_ids.get(number) == {"real": real}:
            del made.server_ids[number]
    elif given.get("quic_mapping"):
        number, real = server_id(given)
        made.server_ids[number] = {"real": real}
    elif given.get("new_hc"):
        marks[mark(given)] = {"real": address(given["new_hc"])}
    elif given.get("del_hc"):
        marks.pop(mark(given), None)
    elif given and not any(given.get(name) for name in READS):
        raise NotCarriedOver("nothing to do: one of -A -E -D -a -e -d -quic_mapping -new_hc -del_hc is missing")


def document(made, hash_function):
    """Members that have Mako's defaults are left out, as GET /config does."""
    vips = {}
    for name, vip in made.vips.items():
        entry = vips[name] = {"flags": sorted(vip["flags"])} if vip["flags"] else {}
        if hash_function != "MAGLEV_V2":
            entry["hashFunction"] = hash_function
        entry["reals"] = {real: {} if weight == 1 else {"weight": weight} for real, weight in vip["reals"].items()}
    local = {real: {"local": True} for real in sorted(made.local_reals) if made.uses(real)}
    others = {"reals": local, "healthcheckMarks": made.marks, "quicServerIds": made.server_ids}
    return {"vips": vips, **{name: content for name, content in others.items() if content}}


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
    made = Configuration()
    left_out = 0
    for number, line in enumerate(sys.stdin, 1):
        try:
            carry_over(made, parse(line))
        except (NotCarriedOver, ValueError) as reason:
            print(f"line {number}: {line.strip()}\n    {reason}", file=sys.stderr)
            left_out += 1
    if left_out and not chosen.leave_out:
        print(f"{left_out} commands cannot be carried over; --leave-out prints the rest", file=sys.stderr)
    else:
        json.dump(document(made, chosen.hash_function), sys.stdout, indent=2)
        print()
    return 1 if left_out else 0


if __name__ == "__main__":
    sys.exit(main())

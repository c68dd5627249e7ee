# shellcheck shell=bash disable=SC2034,SC2154
# Names, addresses and options of the lab. Sourced, never run.
#
#   client -- router -- balancer        every namespace hangs on the router by its own cable:
#               |  |                     10.77.N.0/24 and fd77:N::/64, the router is .1, the far end .2
#               s1 s2 ...                N: client 1, balancer 2, balancer2 3, reals 11, 12, ...

# Prefix of every namespace and name of the directory in /run: labs with different ids live side by side.
: "${LAB_ID:=mako-lab}"
# Real servers, 1 to 89.
: "${LAB_REALS:=2}"
# Balancers, 1 or 2: the router spreads flows over them by their ports.
: "${LAB_BALANCERS:=1}"
# Ports of the first balancer, 1 or 2: eth0, and eth1 towards the router's to-eth1, 10.77.4.0/24 and fd77:4::/64. Nothing is routed
# through the second one yet.
: "${LAB_UPLINKS:=1}"
# Addresses that the reals carry on lo and serve. The router sends all of 10.200.0.0/16 and fc00:1::/32 to the balancers.
: "${LAB_VIPS:=10.200.1.1 fc00:1::1}"
# 1: each balancer's port has two queues and every flow stays on one CPU, as on a network card (spread.sh).
: "${LAB_SPREAD:=0}"
# MTU of the router's port towards the client. Smaller than 1500: the path has a bottleneck that only ICMP reveals.
: "${LAB_CLIENT_PATH_MTU:=1500}"
# MTU between router, balancer and reals: a full client packet plus 40 bytes of outer IPv6 header must fit, and native
# XDP on veth accepts at most 3506.
: "${LAB_TUNNEL_MTU:=1600}"
# Where the build puts the BPF objects.
: "${LAB_OBJECTS:=$LAB_ROOT/target/classes/bpf}"
# Where the probes are compiled to.
: "${LAB_TOOLS:=$LAB_ROOT/target/lab}"

LAB_STATE=/run/$LAB_ID
LAB_BPFFS=$LAB_STATE/bpf
# Debian's own, whatever version manager stands in front of it in PATH.
LAB_PYTHON=/usr/bin/python3

fail() {
	echo "lab: $*" >&2
	exit 1
}

check_settings() {
	# The id becomes a path that is removed recursively, and part of interface-free names only: keep it tame.
	[[ $LAB_ID =~ ^[a-z][a-z0-9-]{1,30}$ ]] || fail "LAB_ID=$LAB_ID: use 2 to 31 small letters, digits and dashes"
	[[ $LAB_ID != mako ]] || fail "LAB_ID=mako: /run/mako belongs to the installed service, choose another id"
	[[ $LAB_REALS =~ ^[1-9][0-9]?$ && $LAB_REALS -le 89 ]] || fail "LAB_REALS=$LAB_REALS: use 1 to 89"
	[[ $LAB_BALANCERS =~ ^[12]$ ]] || fail "LAB_BALANCERS=$LAB_BALANCERS: use 1 or 2"
	[[ $LAB_UPLINKS =~ ^[12]$ ]] || fail "LAB_UPLINKS=$LAB_UPLINKS: use 1 or 2"
	[[ $LAB_SPREAD =~ ^[01]$ ]] || fail "LAB_SPREAD=$LAB_SPREAD: use 0 or 1"
	[[ $(id -u) == 0 ]] || fail "network namespaces and BPF need root: run it with sudo"
}

# Names of the reals: s1 s2 ...
reals() {
	local i
	for ((i = 1; i <= LAB_REALS; i++)); do echo "s$i"; done
}

# Names of the balancers: balancer, balancer2.
balancers() {
	echo balancer
	if [[ $LAB_BALANCERS == 2 ]]; then echo balancer2; fi
}

# All namespaces but the router.
leaves() {
	echo client
	balancers
	reals
}

# number NODE: the N in 10.77.N.0/24 and fd77:N::/64.
number() {
	case $1 in
	client) echo 1 ;;
	balancer) echo 2 ;;
	balancer2) echo 3 ;;
	s*) echo $((10 + ${1#s})) ;;
	esac
}

# mac NUMBER END: locally administered, END 1 is the router's side.
mac() { printf '02:00:00:00:%02x:%02x' "$1" "$2"; }

# on NODE IP-ARGUMENTS...: ip(8) in a namespace.
on() { ip -n "$LAB_ID-$1" "${@:2}"; }

# within NODE COMMAND...: only the network changes, unlike "ip netns exec", which also hides /sys/fs/bpf.
within() { nsenter --net="/run/netns/$LAB_ID-$1" "${@:2}"; }

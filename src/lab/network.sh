# shellcheck shell=bash disable=SC2034,SC2154
# Namespaces, cables, routes. Sourced, never run.

make_namespaces() {
	local node
	for node in router $(leaves); do
		ip netns add "$LAB_ID-$node"
		# A new namespace copies the host's IPv4 settings, and later interfaces copy "default": Debian's systemd ships
		# rp_filter=2, which drops the tunnel's sources 172.16.x.y and the reals' answers from the VIP on the router.
		within "$node" sysctl -qw \
			net.ipv4.conf.{all,default}.rp_filter=0 net.ipv4.conf.{all,default}.send_redirects=0 \
			net.ipv6.conf.{all,default}.disable_ipv6=0 net.ipv6.conf.{all,default}.accept_ra=0 \
			net.ipv6.conf.{all,default}.accept_dad=0
		on "$node" link set lo up
	done
	within router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.{all,default}.forwarding=1 \
		net.ipv4.fib_multipath_hash_policy=1 net.ipv6.fib_multipath_hash_policy=1
	# Room for thousands of connections from one address.
	within client sysctl -qw net.ipv4.ip_local_port_range="10000 65000" net.ipv4.tcp_tw_reuse=1
}

# cable NODE QUEUES ROUTER-MTU FAR-MTU: router "to-NODE" <-> NODE "eth0"
cable() {
	lay "$1" "to-$1" eth0 "$(number "$1")" "${@:2}"
}

# lay NODE ROUTER-PORT PORT NUMBER QUEUES ROUTER-MTU FAR-MTU
lay() {
	local node=$1 near=$2 far=$3 n=$4 queues=$5 metric=0 prefix
	# Equal numbers of queues on both ends: XDP refuses (ENOSPC) when the peer sends on more than there are here.
	on router link add "$near" numrxqueues "$queues" numtxqueues "$queues" mtu "$6" address "$(mac "$n" 1)" type veth \
		peer name "$far" netns "$LAB_ID-$node" numrxqueues "$queues" numtxqueues "$queues" mtu "$7" address "$(mac "$n" 2)"
	on router addr add "10.77.$n.1/24" dev "$near"
	on "$node" addr add "10.77.$n.2/24" dev "$far"
	# nodad: an address under duplicate detection cannot be bound for a second.
	on router addr add "fd77:$n::1/64" dev "$near" nodad
	on "$node" addr add "fd77:$n::2/64" dev "$far" nodad
	on router link set "$near" up
	on "$node" link set "$far" up
	# The first port is preferred where there are two; 0 is the kernel's default.
	[[ $far == eth0 ]] || metric=2000
	on "$node" route add default via "10.77.$n.1" metric "$metric"
	on "$node" -6 route add default via "fd77:$n::1" metric "$metric"
	# XDP_TX resolves nothing, and no neighbour discovery may fall into the middle of a loss measurement.
	for prefix in "10.77.$n." "fd77:$n::"; do
		on router neigh replace "${prefix}2" lladdr "$(mac "$n" 2)" dev "$near" nud permanent
		on "$node" neigh replace "${prefix}1" lladdr "$(mac "$n" 1)" dev "$far" nud permanent
	done
	# veth has a ring of 256 frames and drops the rest; a queue in front of it pushes back instead.
	within router tc qdisc replace dev "$near" root pfifo limit 10000
}

# The balancer copies packets as they are, checksums included, so they must be complete when they leave the router: a
# checksum left to the "network card" would never be filled in, and every real would drop the packet. And veth delivers
# XDP_TX frames only to a peer that runs XDP itself.
serve_xdp() {
	within router ethtool -K "$1" tx off >/dev/null
	within router ip link set dev "$1" xdpdrv obj "$LAB_OBJECTS/pass.bpf.o" sec xdp
}

make_network() {
	local node queues=1 ways=() ways6=()
	[[ $LAB_SPREAD == 1 ]] && queues=$SPREAD_QUEUES
	make_namespaces
	cable client 1 "$LAB_CLIENT_PATH_MTU" 1500
	for node in $(balancers); do
		cable "$node" "$queues" "$LAB_TUNNEL_MTU" "$LAB_TUNNEL_MTU"
		serve_xdp "to-$node"
		ways+=(nexthop via "10.77.$(number "$node").2")
		ways6+=(nexthop via "fd77:$(number "$node")::2")
	done
	if [[ $LAB_UPLINKS == 2 ]]; then
		lay balancer to-eth1 eth1 4 1 "$LAB_TUNNEL_MTU" "$LAB_TUNNEL_MTU"
		serve_xdp to-eth1
	fi
	for node in $(reals); do cable "$node" 1 "$LAB_TUNNEL_MTU" "$LAB_TUNNEL_MTU"; done
	on router route add 10.200.0.0/16 "${ways[@]}"
	on router -6 route add fc00:1::/32 "${ways6[@]}"
}

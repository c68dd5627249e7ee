# shellcheck shell=bash disable=SC2034,SC2154
# Balancers' ports with several queues, each flow on one CPU. Sourced, never run.

# As many as bpf/spread.bpf.c counts on.
SPREAD_QUEUES=2

# spread_flows BALANCER
spread_flows() {
	local node=$1 cpu=0 pid
	within router tc qdisc add dev "to-$node" clsact
	within router tc filter add dev "to-$node" egress bpf direct-action obj "$LAB_OBJECTS/spread.bpf.o" sec tc
	# veth runs XDP in the softirq of whoever sends. A thread for each queue, bound to a CPU, takes that role over.
	# GRO creates the NAPI instances; the sysfs of the namespace is reached through "ip netns exec".
	within "$node" ethtool -K eth0 gro on >/dev/null
	ip netns exec "$LAB_ID-$node" sh -c 'echo 1 >/sys/class/net/eth0/threaded'
	for pid in $(queue_threads); do
		taskset -pc $((cpu++ % $(nproc))) "$pid" >/dev/null
		# Without real-time priority, busy neighbours delay packets by half a second and TCP retransmits.
		chrt -f -p 10 "$pid"
	done
}

# Kernel threads of the port that got its threads last, in the order of its queues. Their names carry no namespace, so the
# youngest ones are ours: NAPI ids only grow.
queue_threads() {
	ps -eo pid=,comm= | awk '$2 ~ /^napi\/eth0-/ { split($2, part, "-"); print part[2], $1 }' |
		sort -n | tail -n "$SPREAD_QUEUES" | awk '{ print $2 }'
}

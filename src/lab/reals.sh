# shellcheck shell=bash disable=SC2034,SC2154
# The real servers: decapsulation, the VIP, something to talk to. Sourced, never run.

start_real() {
	local real=$1 vip
	# The VIP is everybody's and nobody's: a real must not answer ARP for it.
	within "$real" sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2 \
		net.core.somaxconn=4096 net.ipv4.tcp_max_syn_backlog=8192
	for vip in $LAB_VIPS; do
		if [[ $vip == *:* ]]; then
			on "$real" addr add "$vip/128" dev lo nodad
		else
			on "$real" addr add "$vip/32" dev lo
		fi
	done
	within "$real" ip link set dev eth0 xdpdrv obj "$LAB_OBJECTS/decap.bpf.o" sec xdp
	# A session of its own: Ctrl-C in the terminal of ./run must not reach the servers before the clean-up does.
	# shellcheck disable=SC2086 # the VIPs are a list
	setsid nsenter --net="/run/netns/$LAB_ID-$real" "$LAB_PYTHON" "$LAB_ROOT/src/lab/real-server.py" "$real" $LAB_VIPS \
		</dev/null >"$LAB_STATE/$real.log" 2>&1 &
	disown
}

await_real() {
	local tries
	for ((tries = 0; tries < 100; tries++)); do
		grep -qx ready "$LAB_STATE/$1.log" && return
		sleep 0.1
	done
	cat "$LAB_STATE/$1.log" >&2
	fail "the server of $1 did not start within 10 seconds"
}

start_reals() {
	local real
	for real in $(reals); do start_real "$real"; done
	for real in $(reals); do await_real "$real"; done
}

#!/bin/bash
# Brings up and takes down a lab: client, router, balancers on a stick and real servers in network namespaces.
set -euo pipefail

LAB_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for part in settings network spread reals tools; do
	# shellcheck source=/dev/null
	. "$LAB_ROOT/src/lab/$part.sh"
done

usage() {
	cat <<-EOF2
		usage: src/lab/lab.sh up                  build the lab (an older one with the same LAB_ID is removed first)
		       src/lab/lab.sh down                remove every trace of it
		       src/lab/lab.sh exec NODE COMMAND   run a command in client, router, balancer, balancer2, s1, s2, ...
		       src/lab/lab.sh tools               compile the probes, print their directory

		Options are environment variables, described in src/lab/settings.sh.
	EOF2
}

up() {
	local node
	[[ -e $LAB_OBJECTS/decap.bpf.o ]] || fail "$LAB_OBJECTS/decap.bpf.o is missing: build first, with mvn -B -DskipTests package"
	down
	trap undo EXIT
	mkdir -p "$LAB_BPFFS"
	# Outside /sys, and mounted here rather than by the balancer: "ip netns exec" hides what lies below /sys, and a mount
	# made inside it dies with the process.
	mount -t bpf bpf "$LAB_BPFFS"
	make_network
	start_reals
	if [[ $LAB_SPREAD == 1 ]]; then
		for node in $(balancers); do spread_flows "$node"; done
	fi
	build_tools
	trap - EXIT
}

undo() {
	echo "lab: coming up failed, removing what was built" >&2
	down
}

# Works for a lab that is up, half up, crashed or not there.
down() {
	local namespace
	for namespace in $(ip netns list | awk -v prefix="$LAB_ID-" 'index($1, prefix) == 1 { print $1 }'); do
		# Processes first: a namespace deleted under them lives on without a name and keeps forwarding.
		ip netns pids "$namespace" | xargs -r kill -9 2>/dev/null || true
		ip netns del "$namespace"
	done
	# Removes every pin at once, and with the pins the maps and programs.
	if mountpoint -q "$LAB_BPFFS"; then umount -l "$LAB_BPFFS"; fi
	rm -rf --one-file-system "$LAB_STATE"
}

command=${1:-}
case $command in
up | down)
	check_settings
	"$command"
	;;
exec)
	[[ $# -ge 3 ]] || { usage >&2; exit 2; }
	check_settings
	exec ip netns exec "$LAB_ID-$2" "${@:3}"
	;;
tools)
	build_tools
	echo "$LAB_TOOLS"
	;;
*)
	usage >&2
	exit 2
	;;
esac

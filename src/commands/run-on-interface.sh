# shellcheck shell=bash disable=SC2034,SC2154
# ./run --interface: Mako on an interface of this machine. Sourced, never run.

run_on_interface() {
	local api=http://127.0.0.1:$PORT
	[[ -e /sys/class/net/$INTERFACE ]] ||
		die "there is no interface $INTERFACE here, only: $(cd /sys/class/net && echo *)"
	mountpoint -q /sys/fs/bpf || mount -t bpf bpf /sys/fs/bpf
	mkdir -p /var/lib/mako
	trap leave EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM

	say "starting Mako on $INTERFACE"
	start_mako env -- "${PROPERTIES[@]}" --mako.dataplane.interfaces="$INTERFACE" --mako.dataplane.mode="$MODE" \
		--server.port="$PORT"
	await_mako "$api"
	say "ready"
	cat <<-EOF2

		  API        $api/api/v1/vips
		  Swagger UI $api/swagger-ui.html
		  Log        $MAKO_LOG

		The API has no authentication, so it listens on this machine only. From your own:

		  ssh -L $PORT:127.0.0.1:$PORT ${SUDO_USER:-root}@$(hostname)

	EOF2
	say "Ctrl-C ends Mako; what it has set up keeps forwarding until: curl -X DELETE $api/api/v1/dataplane/attachment"
	wait "$MAKO_PID" || die "Mako ended, see $MAKO_LOG"
}

leave() {
	local status=$?
	trap '' INT TERM
	stop_mako
	give_back
	exit $status
}

# shellcheck shell=bash disable=SC2034,SC2154
# ./run without an interface: Mako in a lab of its own. Sourced, never run.

VIP=10.200.1.1-80-tcp

run_in_lab() {
	export LAB_ID=${LAB_ID:-mako-lab}
	local api=http://127.0.0.1:$PORT
	claim_lab
	trap clean_up EXIT
	# The signal ends the wait below; the trap above does the rest.
	trap 'exit 130' INT
	trap 'exit 143' TERM

	say "building the lab: $LAB_ID-client, -router, -balancer, -s1, -s2"
	src/lab/lab.sh up 9>&-
	say "starting Mako in the balancer's namespace"
	start_mako src/lab/lab.sh exec balancer -- "${PROPERTIES[@]}" \
		--mako.dataplane.interfaces=eth0 --mako.dataplane.mode="$MODE" \
		--mako.dataplane.pin-path="/run/$LAB_ID/bpf/mako" --mako.store.path="/run/$LAB_ID/mako.db" \
		--mako.dataplane.connection-table-size=500000 9>&-
	forward_port
	await_mako "$api"
	say "creating the VIP $VIP with the reals 10.77.11.2 and 10.77.12.2"
	put "$api/api/v1/vips/$VIP" '{}'
	put "$api/api/v1/vips/$VIP/reals" \
		'{"items": [{"address": "10.77.11.2", "weight": 10}, {"address": "10.77.12.2", "weight": 10}]}'
	say "ready"
	introduce "$api"
	if [[ $ONCE == 1 ]]; then
		try_lines
	else
		say "Ctrl-C removes the lab"
		wait "$MAKO_PID" || die "Mako ended, see $MAKO_LOG"
	fi
}

# Two labs with one name would tear each other down.
claim_lab() {
	exec 9>"/run/$LAB_ID.lock"
	flock -n 9 || die "a lab named $LAB_ID is running: end it, or choose another name with LAB_ID=other-lab and another --port"
}

# Mako listens on the loopback of its namespace; this makes it the host's.
forward_port() {
	local log=$LOGS/forward-port.log tries
	: >"$log"
	/usr/bin/python3 src/lab/forward-port.py "$PORT" "$LAB_ID-balancer" 8080 >"$log" 2>&1 </dev/null 9>&- &
	FORWARD_PID=$!
	for ((tries = 0; tries < 50; tries++)); do
		if grep -q ^ready "$log"; then return; fi
		kill -0 "$FORWARD_PID" 2>/dev/null || break
		sleep 0.1
	done
	tail -n 1 "$log" >&2
	die "port $PORT of 127.0.0.1 cannot be used: choose another one with --port"
}

put() {
	local answer
	answer=$(curl -sS --fail-with-body --max-time 30 -X PUT -H 'Content-Type: application/json' -d "$2" "$1") ||
		die "PUT $1 was refused: $answer"
}

# The three lines that a reader is invited to try, and that --once tries.
lines() {
	local root=
	if command -v sudo >/dev/null; then root="sudo "; fi
	echo "${root}ip netns exec $LAB_ID-client curl -s --max-time 5 http://10.200.1.1/"
	echo "curl -s $1/api/v1/vips/$VIP/reals"
	echo "curl -s $1/api/v1/vips/$VIP/stats"
}

introduce() {
	cat <<-EOF2

		  API        $1/api/v1/vips
		  Swagger UI $1/swagger-ui.html
		  Metrics    $1/actuator/prometheus
		  Log        $MAKO_LOG

		Try, in another terminal:

	EOF2
	lines "$1" | sed 's/^/  /'
	echo
}

# Each line must work as printed, and say what it is there to say; the statistics say it a second later.
try_lines() {
	local api=http://127.0.0.1:$PORT line answer deadline number=0
	local expected=('^real s[12]: hello 10\.77\.1\.2 port [0-9]+$' '"10\.77\.12\.2"' '"packets":\{"total":[1-9]')
	while read -r line; do
		say "$line"
		deadline=$((SECONDS + 15))
		answer=$(bash -c "$line" </dev/null) || die "this line failed: $line"
		until grep -Eq "${expected[number]}" <<<"$answer"; do
			((SECONDS < deadline)) || die "this line answered something else than ${expected[number]}: $line: $answer"
			sleep 0.5
			answer=$(bash -c "$line" </dev/null) || die "this line failed: $line"
		done
		echo "       ${answer:0:300}"
		number=$((number + 1))
	done < <(lines "$api")
	say "all three lines worked"
}

clean_up() {
	local status=$?
	trap '' INT TERM
	stop_mako
	if [[ -n ${FORWARD_PID:-} ]]; then kill "$FORWARD_PID" 2>/dev/null || true; fi
	src/lab/lab.sh down 9>&-
	give_back
	exit $status
}

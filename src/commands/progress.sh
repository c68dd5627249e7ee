# shellcheck shell=bash disable=SC2034,SC2154
# Lines that tell a human, or the log of a build machine, what goes on. Sourced, never run.

# Logs of the commands that run quietly.
LOGS=target/logs
# Seconds between two signs of life.
HEARTBEAT=20

# say TEXT: one line with the seconds since the command was started.
say() { printf '[%4ds] %s\n' "$SECONDS" "$*"; }

# die SENTENCE...: what is wrong and what to do about it.
die() {
	printf '%s: %s\n' "$(basename "$0")" "$*" >&2
	exit 1
}

# quietly NAME COMMAND...: output goes to target/logs/NAME.log; says now and then that the command is still running, and
# shows the end of the log when it fails. The command is the one in the foreground, so that Ctrl-C reaches it.
quietly() {
	local log=$LOGS/$1.log pulse status=0
	mkdir -p "$LOGS"
	heartbeat "$log" &
	pulse=$!
	"${@:2}" >"$log" 2>&1 </dev/null || status=$?
	kill "$pulse" 2>/dev/null || true
	wait "$pulse" 2>/dev/null || true
	if [[ $status != 0 ]]; then
		say "  failed with status $status, the end of $log:"
		tail -n 40 "$log" | sed 's/^/    /'
	fi
	return $status
}

# Ends with the shell that started it.
heartbeat() {
	# The sleep outlives a killed loop; it must not keep the terminal or a pipe open.
	while sleep "$HEARTBEAT" >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do say "  ... $(last_line "$1")"; done
}

last_line() {
	local line
	line=$(tail -n 20 "$1" | grep -v '^[[:space:]]*$' | tail -n 1 | tr -cd '[:print:]') || true
	echo "${line:-still running}" | cut -c 1-100
}

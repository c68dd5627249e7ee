# shellcheck shell=bash disable=SC2034,SC2154
# Starting the packaged jar and waiting for it. Sourced, never run.

MAKO_LOG=$LOGS/mako.log
# A start takes 10 seconds of CPU; a loaded machine with two cores needs its time.
MAKO_PATIENCE_SECONDS=300

# java_command: JAVA_HOME's java, else the one in PATH; at least 17.
java_command() {
	local home
	home=$(jdk_home)
	[[ $(feature_version "$home") -ge 17 ]] || die "$home is older than JDK 17: set JAVA_HOME to a newer one"
	echo "$home/bin/java"
}

# start_mako PREFIX... -- PROPERTIES...: in the background, with the unit's options for Java; sets MAKO_PID.
start_mako() {
	local prefix=() options
	read -ra options < <(sed -n 's/^JAVA_OPTIONS=//p' systemd/mako.env)
	while [[ $1 != -- ]]; do
		prefix+=("$1")
		shift
	done
	shift
	mkdir -p "$LOGS"
	"${prefix[@]}" "$(java_command)" "${options[@]}" -jar target/mako.jar "$@" \
		>"$MAKO_LOG" 2>&1 </dev/null &
	MAKO_PID=$!
}

# await_mako URL: until it is ready, or ends, or takes too long.
await_mako() {
	local deadline=$((SECONDS + MAKO_PATIENCE_SECONDS))
	until curl -fs -o /dev/null --max-time 5 "$1/actuator/health/readiness"; do
		if ! kill -0 "$MAKO_PID" 2>/dev/null; then
			show_mako_log
			die "Mako did not start, see above and $MAKO_LOG"
		fi
		if ((SECONDS >= deadline)); then
			show_mako_log
			curl -s --max-time 5 "$1/actuator/health" >&2 || true
			die "Mako is not ready after $MAKO_PATIENCE_SECONDS seconds, see above and $MAKO_LOG"
		fi
		sleep 0.3
	done
}

show_mako_log() { tail -n 40 "$MAKO_LOG" | sed 's/^/    /' >&2; }

# stop_mako: asks it to end and waits; packets are still forwarded, that is the point of it.
stop_mako() {
	if [[ -z ${MAKO_PID:-} ]]; then return; fi
	kill "$MAKO_PID" 2>/dev/null || true
	wait "$MAKO_PID" 2>/dev/null || true
	MAKO_PID=
}

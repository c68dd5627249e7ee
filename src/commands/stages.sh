# shellcheck shell=bash disable=SC2034,SC2154
# What ./verify does, stage by stage, and its account of it. Sourced, never run.

# Reports of the test stages, one directory each.
REPORTS=target/reports
STAGES=()
declare -A RESULT=() TOOK=() NOTE=()
# Why the running stage cannot run, or what is to be known of its result; set by the stage itself.
SKIPPED=""
REMARK=""

# stage NAME FUNCTION...: runs it, remembers how it ended and how long it took.
stage() {
	local start=$SECONDS status=0
	STAGES+=("$1")
	SKIPPED=""
	REMARK=""
	say "$1"
	"${@:2}" || status=$?
	TOOK[$1]=$((SECONDS - start))
	NOTE[$1]=${SKIPPED:-$REMARK}
	RESULT[$1]=passed
	if [[ -n $SKIPPED ]]; then
		RESULT[$1]=skipped
		say "  skipped: $SKIPPED"
	elif [[ $status != 0 ]]; then
		RESULT[$1]=failed
	fi
}

# Error Prone and NullAway run on JDK 21 and later, on a copy of the sources: in the same target directory, Maven would
# take the classes of one JDK for those of the other.
analyse() {
	local jdk copy=target/analysis
	jdk=$(second_jdk)
	if [[ -z $jdk ]]; then
		SKIPPED="no JDK 21 or later in /usr/lib/jvm beside the default one"
		return
	fi
	mkdir -p "$copy" && rm -rf "${copy:?}"/{pom.xml,src,bpf} && cp -a pom.xml src bpf "$copy/" || return
	JAVA_HOME=$jdk quietly analysis maven -f "$copy/pom.xml" clean test-compile
}

# "verify" also checks the format. A failing unit test fails the stage but not the packaging, so that one slip does not
# hide what all the other stages would say.
build_and_test_units() {
	local status=0
	rm -rf target/surefire-reports "$REPORTS" target/mako.jar
	quietly build maven -Dmaven.test.failure.ignore=true verify || status=$?
	keep_reports unit
	if [[ $(($(count failures unit) + $(count errors unit))) != 0 ]]; then
		say "  unit tests failed:"
		grep -E '^\[ERROR\]   ' "$LOGS/build.log" | sed 's/^/    /' || true
		status=1
	fi
	return $status
}

# run_tests TAG: the tests that carry it.
run_tests() {
	if [[ $1 == bpf || $1 == lab ]] && ! can_use_bpf; then
		require_or_skip "BPF and network namespaces are not permitted here"
		return
	fi
	local status=0
	quietly "$1" maven surefire:test -Dmako.test.groups="$1" -Dmako.test.excludedGroups= \
		-Dmako.test.soak="${SOAK_SECONDS:-60}" || status=$?
	keep_reports "$1"
	if [[ $status == 0 && ! -d $REPORTS/$1 ]]; then
		say "  no test carries the tag $1"
		return 1
	fi
	return $status
}

# The published description, held to every rule of the linter.
lint_description() {
	quietly lint target/tools/openapi/node_modules/.bin/spectral lint --fail-severity=hint \
		--ruleset openapi/.spectral.yaml openapi/openapi.yaml
}

# The published description against that of the last release: within a version of the API, there are only additions.
compare_with_last_release() {
	local released=$PWD/target/released-openapi.yaml tag arguments status=0
	tag=$(git -c safe.directory="$PWD" describe --tags --abbrev=0 --match 'v*' 2>/dev/null) || tag=
	if [[ -n $tag ]]; then
		git -c safe.directory="$PWD" show "$tag:openapi/openapi.yaml" >"$released" || return
		arguments=(-Dmako.openapi.released="$released")
		REMARK="compared with $tag"
	else
		arguments=(-Dmako.test.excludedGroups=released)
		REMARK="there is no release yet to compare with; only the comparison itself was tested"
	fi
	rm -rf target/compatibility/surefire-reports
	quietly compatibility maven -f openapi/compatibility test "${arguments[@]}" || status=$?
	keep_reports compatibility target/compatibility/surefire-reports
	return $status
}

# Clients are generated from the published description and compiled; the tests walk through the API with them.
make_and_try_clients() {
	rm -rf target/clients
	quietly clients-java maven -f openapi/clients process-classes || return
	quietly clients-typescript target/tools/openapi/node_modules/.bin/tsc -p openapi/clients/typescript || return
	run_tests clients
}

# run_once default|second ARGUMENTS...: ./run --once on the default or the second JDK.
run_once() {
	local jdk name=run-once-$1${3:+-$3}
	if ! can_use_bpf; then
		require_or_skip "BPF and network namespaces are not permitted here"
		return
	fi
	if [[ $1 == second ]]; then jdk=$(second_jdk); else jdk=$(jdk_home); fi
	if [[ -z $jdk ]]; then
		SKIPPED="no JDK 21 or later in /usr/lib/jvm beside the default one"
		return
	fi
	LAB_ID=mako-verify JAVA_HOME=$jdk quietly "$name" ./run --once --port 18080 "${@:2}"
}

# The build machine must never pass by skipping.
require_or_skip() {
	if [[ ${CI:-} == true ]]; then
		say "  $1, and CI=true demands it"
		return 1
	fi
	SKIPPED=$1
}

# Tries what the tests need: a namespace, a bpffs, a map.
can_use_bpf() {
	unshare --net --mount bash -c 'mount -t bpf bpf /mnt &&
		bpftool map create /mnt/probe type array key 4 value 4 entries 1 name probe' 2>/dev/null
}

# keep_reports STAGE [DIRECTORY]: puts them where those of other stages do not overwrite them.
keep_reports() {
	local reports=${2:-target/surefire-reports}
	if [[ ! -d $reports ]]; then return; fi
	mkdir -p "$REPORTS"
	rm -rf "${REPORTS:?}/$1"
	mv "$reports" "$REPORTS/$1"
}

# count ATTRIBUTE STAGE: sum of an attribute over the reports of a stage.
count() {
	find "$REPORTS/$2" -name 'TEST-*.xml' -exec grep -ho '<testsuite [^>]*' {} + 2>/dev/null |
		grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

# The table, the sums, and the exit status. A stage without reports counts as one test, except the installation.
finish() {
	local name tests bad skip passed=0 failed=0 skipped=0
	echo
	printf '%-18s %-8s %6s  %7s %7s %8s\n' stage result took tests failed skipped
	for name in "${STAGES[@]}"; do
		case $name in build) tests=unit ;; kernel) tests=bpf ;; *) tests=$name ;; esac
		if [[ -d $REPORTS/$tests ]]; then
			bad=$(($(count failures "$tests") + $(count errors "$tests")))
			skip=$(count skipped "$tests")
			tests=$(count tests "$tests")
			# Surefire may end badly without naming a test: the stage itself has failed then.
			if [[ ${RESULT[$name]} == failed && $bad == 0 ]]; then bad=1 tests=$((tests + 1)); fi
		else
			bad=0 skip=0 tests=1
			if [[ ${RESULT[$name]} == failed ]]; then bad=1; fi
			if [[ ${RESULT[$name]} == skipped ]]; then skip=1; fi
			if [[ $name == install ]]; then tests=$bad; fi
		fi
		printf '%-18s %-8s %5ds  %7d %7d %8d  %s\n' "$name" "${RESULT[$name]}" "${TOOK[$name]}" "$tests" "$bad" "$skip" \
			"${NOTE[$name]}"
		passed=$((passed + tests - bad - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
	done
	printf '%-18s %-8s %5ds\n\n' total "" "$SECONDS"
	if [[ $failed != 0 ]]; then echo "Logs: $LOGS, test reports: $REPORTS"; fi
	echo "$passed passed, $failed failed, $skipped skipped"
	exit $((failed > 0))
}

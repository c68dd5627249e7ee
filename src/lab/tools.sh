# shellcheck shell=bash disable=SC2034,SC2154
# The probes, compiled on first use. Sourced, never run.

build_tools() {
	local source tool
	mkdir -p "$LAB_TOOLS"
	for source in "$LAB_ROOT"/src/lab/*-probe.c; do
		tool=$LAB_TOOLS/$(basename "$source" .c)
		[[ $tool -nt $source ]] && continue
		# Labs come up in parallel: each writes its own file, the rename is atomic.
		gcc -O2 -Wall -Wextra -Werror -o "$tool.$$" "$source"
		mv "$tool.$$" "$tool"
	done
}

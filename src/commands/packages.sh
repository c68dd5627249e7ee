# shellcheck shell=bash disable=SC2034,SC2154
# What has to be installed, in one place. Sourced, never run.

# Debian's names. Compiler and libbpf for the BPF objects and the probes, the rest for the lab and its checks.
PACKAGES=(clang llvm libbpf-dev libbpf1 libc6-dev make gcc bpftool iproute2 ethtool tcpdump curl jq procps util-linux
	strace python3 maven)

# Installs what is missing; needs root only if something is.
install_packages() {
	local missing=() package
	if ! command -v dpkg-query >/dev/null; then
		require_commands
		return
	fi
	for package in "${PACKAGES[@]}"; do is_installed "$package" || missing+=("$package"); done
	# Any JDK from 17 on will do, from wherever it came.
	if [[ -z $(jdk_home) ]]; then missing+=(default-jdk-headless); fi
	if [[ ${#missing[@]} == 0 ]]; then return; fi
	[[ $(id -u) == 0 ]] || die "these packages are missing and only root can install them: ${missing[*]}"
	say "installing ${missing[*]}"
	quietly apt-update apt-get update || return
	quietly apt-install env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# promtool, for the test that shows it the metrics. Debian has it in the package of the Prometheus server, which would
# start a server here if it were installed, so only the tool is taken out of it.
provide_promtool() {
	local tools=$PWD/target/tools
	PATH=$PATH:$tools/usr/bin
	if command -v promtool >/dev/null; then return; fi
	command -v apt-get >/dev/null || die "install promtool first (it comes with Prometheus)"
	mkdir -p "$tools"
	quietly promtool-update apt-get update || return
	quietly promtool-download bash -c 'cd "$1" && apt-get download prometheus' promtool "$tools" || return
	dpkg-deb --fsys-tarfile "$tools"/prometheus_*.deb | tar -x -C "$tools" ./usr/bin/promtool
}

# ansible-playbook, for the test of examples/ansible; ./run and ./bench do without.
provide_ansible() {
	if command -v ansible-playbook >/dev/null; then return; fi
	if ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then
		die "install Ansible first (the command ansible-playbook; Debian's package is ansible-core)"
	fi
	say "installing ansible-core"
	quietly ansible-update apt-get update || return
	quietly ansible-install env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ansible-core
}

# A browser for the tests of the pages, and the driver that belongs to it.
provide_browser() {
	if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then return; fi
	if ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then
		die "install Chromium and its driver first (Debian's packages are chromium and chromium-driver)"
	fi
	say "installing chromium chromium-driver"
	quietly browser-update apt-get update || return
	quietly browser-install env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
		chromium chromium-driver
}

# Spectral and the TypeScript compiler, as openapi/tools/package-lock.json pins them, and what runs them. Any Node.js
# from 18 on will do, from wherever it came.
provide_openapi_tools() {
	local tools=$PWD/target/tools/openapi home=$HOME
	if ! command -v npm >/dev/null; then
		if ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then
			die "install Node.js 18 or later and npm first (Debian's packages are nodejs and npm)"
		fi
		say "installing nodejs npm"
		quietly node-update apt-get update || return
		quietly node-install env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs npm ||
			return
	fi
	if cmp -s openapi/tools/package-lock.json "$tools/installed"; then return; fi
	if [[ -n ${SUDO_USER:-} ]]; then home=$(getent passwd "$SUDO_USER" | cut -d: -f6); fi
	mkdir -p "$tools" && cp openapi/tools/package.json openapi/tools/package-lock.json "$tools/" || return
	quietly openapi-tools npm ci --prefix "$tools" --userconfig "$home/.npmrc" --cache "$tools/cache" \
		--ignore-scripts --no-audit --no-fund || return
	cp openapi/tools/package-lock.json "$tools/installed"
}

is_installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# On other distributions the names differ; say what is missing and leave the installing to the user.
require_commands() {
	local missing=() command
	for command in clang llvm-strip make gcc bpftool ip ethtool tcpdump curl jq sysctl nsenter strace python3 mvn; do
		command -v "$command" >/dev/null || missing+=("$command")
	done
	[[ -e /usr/include/bpf/bpf_helpers.h ]] || missing+=("libbpf headers")
	[[ -n $(jdk_home) ]] || missing+=("a JDK, 17 or later")
	[[ ${#missing[@]} == 0 ]] || die "install these first (only Debian's package manager is known here): ${missing[*]}"
}

# The JDK to build with: JAVA_HOME, else the one whose javac stands in PATH, else nothing.
jdk_home() {
	if [[ -n ${JAVA_HOME:-} && -x $JAVA_HOME/bin/javac ]]; then
		echo "$JAVA_HOME"
	elif command -v javac >/dev/null; then
		dirname "$(dirname "$(readlink -f "$(command -v javac)")")"
	fi
}

# second_jdk: the newest JDK on this machine from 21 on that is not the default one, or nothing.
second_jdk() {
	local home version
	for home in /usr/lib/jvm/*/; do
		home=$(readlink -f "$home")
		if [[ ! -x $home/bin/javac || $home == "$(jdk_home)" ]]; then continue; fi
		version=$(feature_version "$home")
		if [[ $version -ge 21 ]]; then echo "$version $home"; fi
	done | sort -rn | head -n 1 | cut -d' ' -f2
}

# feature_version JDK-HOME: 17, 21, 25 ...
feature_version() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | awk '/java.specification.version/ { print $3 }'; }

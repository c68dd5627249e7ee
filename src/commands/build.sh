# shellcheck shell=bash disable=SC2034,SC2154
# Maven, also under sudo. Sourced, never run.

# become_root ARGUMENTS...: starts this command again with sudo, unless it runs as root already.
become_root() {
	if [[ $(id -u) == 0 ]]; then return; fi
	command -v sudo >/dev/null || die "needs root for network namespaces and BPF, and there is no sudo: run it as root"
	exec sudo --preserve-env=JAVA_HOME,CI,MAVEN_OPTS "$PWD/$(basename "$0")" "$@"
}

# maven ARGUMENTS...: under sudo it uses the settings and the repository of the user who called, instead of downloading
# everything again for root.
maven() {
	local home=$HOME java_home
	java_home=$(jdk_home)
	if [[ -n ${SUDO_USER:-} ]]; then home=$(getent passwd "$SUDO_USER" | cut -d: -f6); fi
	JAVA_HOME=$java_home MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.home=$home" mvn -B -Dstyle.color=never "$@"
}

# Gives the files that root made under sudo to the user who called.
give_back() {
	if [[ -z ${SUDO_UID:-} ]]; then return; fi
	local directory repository
	repository=$(getent passwd "$SUDO_USER" | cut -d: -f6)/.m2
	for directory in target "$repository"; do
		if [[ -d $directory ]]; then chown -R --from=root "$SUDO_UID:$SUDO_GID" "$directory"; fi
	done
}

# Builds the jar when it is older than what it is made of.
build_jar() {
	if [[ -e target/mako.jar && -z $(find pom.xml src/main bpf -newer target/mako.jar -print -quit) ]]; then return; fi
	say "building target/mako.jar (the first time, Maven downloads about 150 MB)"
	quietly build maven -q -Dmaven.test.skip=true package
}

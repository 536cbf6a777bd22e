# Sets jdk to the folder of a JDK 25, wherever one is; needs a function die. For bench/run and bench/peers/run.

is_25() {
  [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[^0-9]' "$1/release" 2>/dev/null
}

find_jdk() {
  [ -z "${jdk:-}" ] || return 0
  if [ -n "${BENCH_JAVA_HOME:-}" ]; then
    is_25 "$BENCH_JAVA_HOME" || die "BENCH_JAVA_HOME is not a JDK 25: $BENCH_JAVA_HOME"
    jdk=$BENCH_JAVA_HOME
    return
  fi
  local on_path=
  on_path=$(command -v java) && on_path=$(dirname -- "$(dirname -- "$(readlink -f -- "$on_path")")")
  for jdk in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/* /opt/*/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    if is_25 "$jdk"; then return; fi
  done
  die "needs a JDK 25 and found none: install one, or let BENCH_JAVA_HOME name its folder"
}

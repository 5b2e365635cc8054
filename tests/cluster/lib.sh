# One line a check and a sum at the end; sourced.
# shellcheck shell=bash

passed=0 failed=0
cluster=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../cluster" && pwd)

# check "what" command...   The command's output is shown only if it fails.
check() {
  local what=$1 output; shift
  if output=$("$@" 2>&1); then echo "ok      $what"; passed=$((passed + 1))
  else echo "not ok  $what"; failed=$((failed + 1)); printf '%s\n' "$output" | tail -n 12 | sed 's/^/        /'; fi
}
# within SECONDS command...
within() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.3; done
}
not() { ! "$@"; }
# killed PID...   SIGKILL, and they are dead: one that waits for a slow disk lives on for a moment.
killed() { local pid; kill -9 "$@"; for pid; do within 30 dead "$pid" || return 1; done; }
dead() { ! grep -qs '^State:[[:space:]]*[^XZ]' "/proc/$1/status"; }
equal() { [ "$1" = "$2" ] || { echo "expected '$2', got '$1'"; return 1; }; }
finish() { echo "$passed passed, $failed failed"; [ $failed = 0 ]; }

# Shared by the scripts of this folder; sourced.
# shellcheck shell=bash

SOUK_CACHE=${SOUK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/souk}
SOUK_STATE=${SOUK_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/souk}

say() { printf '%s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# wait_for SECONDS "what" LOGFILE command...   Every wait has an end, and says what it waited for.
# With watched=PROCESS before it, it also ends as soon as that process does.
wait_for() {
  local limit=$1 what=$2 log=$3 end=$((SECONDS + $1)) why=""; shift 3
  until "$@" >/dev/null 2>&1; do
    if [ -n "${watched:-}" ] && proc_gone "$watched"; then why="$watched has ended while $what was awaited"; fi
    [ $SECONDS -lt $end ] || why="waited $limit s for $what, in vain"
    if [ -n "$why" ]; then
      say "$why"
      if [ -n "$log" ] && [ -s "$log" ]; then say "--- end of $log"; tail -n 15 "$log" >&2; fi
      return 1
    fi
    sleep 0.2
  done
}

# shellcheck shell=bash
# What the engines' image tests share. Source it; it defines functions and two counters only.
#
#   ok NAME, not_ok NAME, check NAME COMMAND..., equal NAME GOT WANTED, contains NAME TEXT PART, at_most NAME GOT LIMIT
#   since START                        seconds since START (date +%s.%N)
#   open_port PORT [TENTHS]            waits until something listens
#   watch_arguments NAME...            looks at every command line of this machine for the values of these environment variables, until
#   watched                            ... ends that and prints the names that were seen: PLANTED, which shows that it looks, and what is wrong
#   in_container NAME OPTION...        starts tools/images/run in the background as a container does: the program is process 1 of its PID
#                                      namespace, so it is sent only signals it asks for. Its output goes to $work/NAME.log
#   signal NAME SIGNAL, kill_container NAME, ended NAME SECONDS
#   archive_at_most NAME FILE MEGABYTES

passed=0 failed=0
ok() { passed=$((passed + 1)); printf 'ok - %s\n' "$1"; }
not_ok() { failed=$((failed + 1)); printf 'not ok - %s\n' "$1"; }
check() { local name=$1; shift; if "$@"; then ok "$name"; else not_ok "$name"; fi; }
equal() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1: got $(printf '%q' "$2"), wanted $(printf '%q' "$3")"; fi; }
contains() { case $2 in *"$3"*) ok "$1" ;; *) not_ok "$1: $(printf '%q' "${2:0:300}") has no $(printf '%q' "$3")" ;; esac; }
at_most() { if awk -v a="$2" -v b="$3" 'BEGIN { exit !(a != "" && a <= b) }'; then ok "$1 ($2)"; else not_ok "$1: $2 is more than $3"; fi; }

since() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }'; }
open_port() { local i; for i in $(seq "${2:-300}"); do (: < "/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done; return 1; }

watch_arguments() {
  export PLANTED=planted-$RANDOM$RANDOM
  "$root/tests/engines/watch_arguments" PLANTED "$@" > "$work/seen" & watcher=$!
  (exec -a "$PLANTED" sleep 120) & local planted=$! i
  for i in $(seq 600); do grep -qx PLANTED "$work/seen" && break; sleep 0.1; done
  kill "$planted"; { wait "$planted"; } 2> /dev/null
}
watched() { kill "$watcher"; wait "$watcher"; sed 1d "$work/seen" | paste -sd ' '; }

declare -A pid
in_container() {
  local name=$1; shift
  # A shell gives what it starts in the background no SIGINT.
  unshare --pid --fork -- env --default-signal=INT "$root/tools/images/run" "$@" >> "$work/$name.log" 2>&1 < /dev/null &
  pid[$name]=$!
}
signal() { kill -"$2" "$(pgrep -P "${pid[$1]}")"; }
# All of it at once, as Kubernetes kills a container: its processes end with process 1.
kill_container() { signal "$1" KILL; { wait "${pid[$1]}"; } 2>/dev/null; }
ended() { local i; for i in $(seq $(($2 * 20))); do kill -0 "${pid[$1]}" 2>/dev/null || return 0; sleep 0.05; done; return 1; }

archive_at_most() { at_most "$1: the archive is not above $3 MB" "$(($(stat -c %s "$2") / 1000000))" "$3"; }

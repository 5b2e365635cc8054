# The long builds of tools/run, beside each other; sourced by it.
# shellcheck shell=bash
# shellcheck disable=SC2154  # of tools/run
declare -A job=() job_began=() job_minutes=()
heartbeat=${heartbeat:-60} # seconds

# begin NAME MINUTES COMMAND...   in a process group of its own. What it prints belongs into $state/NAME.log, unless it tells its progress itself.
begin() {
  setsid "${@:3}" </dev/null &
  job[$1]=$! job_began[$1]=$SECONDS job_minutes[$1]=$2
}
# They end with the script, whatever ends it.
end_jobs() { local pid; for pid in "${job[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done; }

# finish NAME [WHERE-TO-LOOK]   waits for it, and meanwhile tells each minute what every job is at.
finish() {
  local code=0 pid=${job[$1]:-} told=$SECONDS
  [ -n "$pid" ] || return 0
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    [ $((SECONDS - told)) -ge "$heartbeat" ] || continue
    told=$SECONDS
    tell_jobs
  done
  wait "$pid" || code=$?
  unset "job[$1]"
  [ $code != 0 ] || return 0
  [ ! -f "$state/$1.log" ] || { grep -E 'error|FAILED' "$state/$1.log" || tail -n 20 "$state/$1.log"; } | head -n 20 >&2
  refuse "The part \"$1\" failed${2:-; log: $state/$1.log}."
}

tell_jobs() {
  local name
  for name in "${!job[@]}"; do
    [ -f "$state/$name.log" ] && kill -0 "${job[$name]}" 2>/dev/null || continue
    printf '    %s: %s of about %s min, %s\n' "$name" $(((SECONDS - job_began[$name]) / 60)) "${job_minutes[$name]}" "$(last_line "$state/$name.log")"
  done
}
last_line() {
  local said
  said=$(tail -c 4096 "$1" | tr '\r' '\n' | tr -cd '\40-\176\n' | sed '/^ *$/d' | tail -n 1 | cut -c1-100)
  printf '%s' "${said:-nothing said yet}"
}

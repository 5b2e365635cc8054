#!/usr/bin/env bash
# What `make run` tells while its long builds run, and how it ends them. Jobs of seconds, and a heartbeat of one.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../cluster/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

# jobs COMMANDS   as tools/run has them; what they print is in $heard, the exit code in $code
jobs_of() {
  code=0
  heard=$(bash -euo pipefail -c '
    refuse() { printf "%s\n" "$*" >&2; exit 1; }
    . tools/demo/jobs.sh
    trap end_jobs EXIT
    '"$1" 2>&1) || code=$?
}
export state heartbeat=1
says() { grep -qE -- "$1" <<<"$heard" || { echo "$heard"; return 1; }; }

jobs_of 'begin build 8 bash -c "printf \"[1/9] first\n[2/9] seco\033[1mnd\n\"; sleep 2.5" >"$state/build.log"
         begin images 9 sleep 2.5 >"$state/images.log"; begin quiet 1 sleep 2.5; finish build; finish images; finish quiet; echo all over'
check "each minute it says what a build is at" says '^    build: 0 of about 8 min, \[2/9\] seco\[1mnd$'
check "also one that has said nothing" says '^    images: 0 of about 9 min, nothing said yet$'
check "what tells its own progress is not told" not says quiet
check "and goes on when they have ended" says '^all over$'
heartbeat=60 jobs_of 'begin build 8 sleep 1.5 >"$state/build.log"; finish build'
check "a short one says nothing" equal "$heard" ""
jobs_of 'begin build 8 bash -c "echo fine; echo error: no such thing; exit 3" >"$state/build.log"; finish build; echo not here'
check "a build that failed ends it" equal "$code" 1
check "with its errors and one sentence" equal "$heard" "error: no such thing
The part \"build\" failed; log: $state/build.log."
jobs_of 'begin build 8 bash -c "echo \$\$ >$state/pid; sleep 600" >"$state/build.log"; until [ -s "$state/pid" ]; do sleep 0.1; done; exit 0'
ended() { ! kill -0 "$(cat "$state/pid")" 2>/dev/null; }
check "a build ends with it" within 20 ended
finish

#!/usr/bin/env bash
# `make check`, warm, is quick enough for every commit.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
make build >"$log" 2>&1 || { tail -n 5 "$log"; exit 1; }
check "make check, warm, ends well within 3 minutes" run 180 make check
check "and says how many passed" says '^[0-9]+ passed, 0 failed$'
finish

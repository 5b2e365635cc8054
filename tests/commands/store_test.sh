#!/usr/bin/env bash
# The demo store gets to Ready from every phase it can be found in (tools/demo/store.sh), against a stub of the CLI.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../cluster/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
state=$work demo=demo
say() { echo "==> $*"; }
# shellcheck source=../../tools/demo/store.sh
. tools/demo/store.sh
sleep() { :; }

# The store's phase is the first line of `phases`; each look moves on to the next one, the last stays.
phases() { printf '%s\n' "$@" >"$work/phases"; : >"$work/calls"; }
souk() {
  local phase
  phase=$(head -n 1 "$work/phases")
  case $1 in
    get)
      [ "$(wc -l <"$work/phases")" = 1 ] || sed -i 1d "$work/phases"
      case $phase in
        none) echo "souk: there is no store demo" >&2; return 5 ;;
        away) echo "souk: the server does not answer" >&2; return 3 ;;
      esac
      cat <<JSON
{"phase": "$phase", "failure": {"reason": "SetupFailed", "message": "the setup failed"},
 "progress": {"percent": 40, "step": "setup", "steps": [{"name": "setup", "state": "running", "message": "The setup runs."}]}}
JSON
      ;;
    *) echo "$*" >>"$work/calls" ;;
  esac
}
heard() { grep -qF -- "$1" "$work/heard" || { cat "$work/heard"; return 1; }; }
# gets CODE CALLS   what ensure_store ends with and asks of the CLI.
gets() { local code=0; ensure_store demo medusa >"$work/heard" 2>&1 || code=$?; equal "$code" "$1" && equal "$(cat "$work/calls")" "$2"; }

phases Ready
check "a store that is Ready is left alone" gets 0 ""
phases none Ready
check "one that is not there is created" gets 0 "create demo --engine medusa"
phases Requested Requested Provisioning Ready
check "one that is being made is followed" gets 0 ""
check "step by step" heard "40% setup: The setup runs."
phases Deleting Deleting Deleting none none Ready
check "one that is being deleted is made anew afterwards" gets 0 "create demo --engine medusa"
phases Failed Failed Ready
check "one that failed is tried again" gets 0 "retry demo"
check "with a sentence that says why it failed" heard "had failed (SetupFailed: the setup failed): trying again"
phases Failed
check "one that fails again ends it" gets 1 "retry demo"
check "with a sentence" heard "failed again (SetupFailed: the setup failed)"
phases Degraded Degraded Ready
check "one that does not answer is waited for" gets 0 ""
phases away
check "a server that does not answer is no store that is not there" gets 1 ""
check "and its own sentence is shown" heard "does not answer"
finish

# A demo of a test's own, beside everybody else's: state, boxes, port and the CLI's context; sourced.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/../cluster/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
unset KUBECONFIG SOUK_KUBECONFIG
mkdir -p "${XDG_STATE_HOME:-$HOME/.local/state}"
SOUK_STATE=$(mktemp -d "${XDG_STATE_HOME:-$HOME/.local/state}/souk-test.XXXXXX")
SOUK_DEMO_BOX=cmd-$$ SOUK_DEMO_PORT=$((20000 + RANDOM % 1000 * 10 + 7)) XDG_CONFIG_HOME=$SOUK_STATE/config
export SOUK_STATE SOUK_DEMO_BOX SOUK_DEMO_PORT XDG_CONFIG_HOME
mkdir -p "$XDG_CONFIG_HOME"
remove_all() {
  tools/stop >/dev/null 2>&1
  local box
  for box in "$SOUK_STATE"/boxes/*/; do [ ! -d "$box" ] || cluster/down --name "$(basename "$box")" >/dev/null 2>&1; done
  rm -rf "$SOUK_STATE"
}
trap remove_all EXIT
trap 'exit 143' TERM INT

# run SECONDS COMMAND...   its output is in the file $log; it must end well and in time.
log=$SOUK_STATE/log
run() {
  local started=$SECONDS limit=$1; shift
  timeout "$((limit * 5))" "$@" >"$log" 2>&1 </dev/null || { tail -n 12 "$log"; return 1; }
  [ $((SECONDS - started)) -le "$limit" ] || { echo "took $((SECONDS - started)) s, may take $limit"; cat "$log"; return 1; }
}
says() { grep -qE -- "$1" "$log" || { cat "$log"; return 1; }; }
# Never empty and never twice the same when there is none.
soukd() { cat "$SOUK_STATE/run/$SOUK_DEMO_BOX/soukd.pid" 2>/dev/null || echo "none $RANDOM"; }
store_id() { build/souk get demo --output json 2>/dev/null | jq -re .id || echo "none $RANDOM"; }

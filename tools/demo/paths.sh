# Where the demo keeps what, shared by tools/run and tools/stop; sourced from the repository's folder.
# SOUK_DEMO_BOX and SOUK_DEMO_PORT (soukd's) make a second demo beside the first.
# shellcheck shell=bash
# shellcheck disable=SC2034  # for those who source it
SOUK_STATE=${SOUK_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/souk}
demo_box=${SOUK_DEMO_BOX:-souk}
port=${SOUK_DEMO_PORT:-8090}
state=$SOUK_STATE/run/$demo_box
box_state=$SOUK_STATE/boxes/$demo_box

say() { if [ -t 1 ]; then printf '\033[1m==>\033[0m %s\n' "$*"; else printf '==> %s\n' "$*"; fi; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }

# The pid of the demo's soukd, if it runs.
soukd_pid() {
  local pid
  pid=$(cat "$state/soukd.pid" 2>/dev/null) || return 1
  [ "$(basename "$(readlink "/proc/$pid/exe" 2>/dev/null)" | sed 's/ (deleted)$//')" = soukd ] || return 1
  echo "$pid"
}

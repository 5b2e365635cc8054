#!/usr/bin/env bash
# `make run` and `make stop` of README.md for real, with everything cached: `make run` to a Medusa that answers, `make stop` to nothing.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ "$(id -u)" = 0 ] || { echo "this test needs root"; exit 1; }
answers() { curl -fsSL -m 20 -o /dev/null "$(sed -n "s/^  $1  *//p" "$log")"; }

check "make run, everything cached" run 180 make run
check "shows the steps" says "demo: checks done"
check "the storefront answers where it says" answers storefront
check "prints a link that signs in to the dashboard" says "dashboard +http://127.0.0.1:[0-9]+/#code=[A-Za-z0-9_-]{43}$"
signed_in() { # 201 once, then 401: the session that the dashboard asks for with the code of the link
  local link; link=$(grep -oE 'http://127.0.0.1:[0-9]+/#code=[A-Za-z0-9_-]{43}$' "$log")
  curl -fsS -m 20 "${link%%#*}" | grep -q '<div id="root"' &&
    printf '{"code":"%s"}' "${link##*=}" |
      curl -sS -m 20 -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' -d @- "${link%%#*}api/v1/session" | grep -qx "$1"
}
check "which opens the dashboard, signed in" signed_in 201
check "once" signed_in 401
check "the admin answers where it says" answers admin
check "it says how to see the login" says 'login +build/souk credentials demo --reason'
check "which shows it" grep -q '^password' <(eval "$(sed -n 's/^  login *//p' "$log")" --output yaml)
box=$SOUK_STATE/boxes/$SOUK_DEMO_BOX pid=$(soukd) block=$(cat "$SOUK_STATE/boxes/$SOUK_DEMO_BOX/block")
check "make run again" run 180 make run
check "leaves soukd alone" equal "$(soukd)" "$pid"

check "make stop" run 120 make stop
processes() { grep -lzxF "SOUK_BOX=$box" /proc/[0-9]*/environ 2>/dev/null | grep .; }
check "leaves no process of the box" not processes
check "nor soukd" not test -d "/proc/$pid"
check "no virtual cable" not ip link show "souk$block"
check "no mount" not grep -qF "$box" /proc/self/mountinfo
check "no cgroup" not compgen -G "/sys/fs/cgroup/*/souk-$block"
check "nothing of what soukd knew" not test -e "$box"
check "make stop again is no error" run 30 make stop
finish

#!/usr/bin/env bash
# `make run` with clusters of the user's, played by two fast boxes: what soukd knows of one stays with that one.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
export DEMO_ENGINE=tests/engines/tiny
here() { # box command...   with soukd's identity in that box
  (. "$(cluster/status --name "$1" --env)"; unset KUBECONFIG; "${@:2}")
}
as_admin() { # the same as its administrator
  (. "$(cluster/status --name "$1" --env)"; unset SOUK_KUBECONFIG; "${@:2}")
}
stores_in() { as_admin "$1" bash -c 'PATH=$SOUK_BIN_PATH:$PATH; kubectl get namespaces -l souk.dev/store -o name | wc -l'; }
check "a first cluster" timeout 120 cluster/up --name one-$$ --fast
check "a second cluster" timeout 120 cluster/up --name two-$$ --fast

check "make run with the first" here one-$$ run 90 make run
check "creates the demo store" says "creating the store demo"
check "says which images the nodes need" says "localhost/souk/tiny-web:1"
check "and prints where it is" says "storefront +http://demo\.localhost:[0-9]+/"
first=$(store_id) pid=$(soukd)
check "make run again" here one-$$ run 60 make run
check "leaves soukd alone" equal "$(soukd)" "$pid"
check "and the store" equal "$(store_id)" "$first"

check "make run with the second" here two-$$ run 90 make run
check "starts soukd for that one" not equal "$(soukd)" "$pid"
second=$(store_id)
check "creates a store there" not equal "$second" "$first"

check "make run as the first one's administrator" as_admin one-$$ run 90 make run
check "says beforehand what it makes there" says "KUBECONFIG\): making soukd's account"
check "and finds the store that is there" equal "$(store_id)" "$first"

pid=$(soukd)
check "make stop" run 60 make stop
check "ends soukd" not test -d "/proc/$pid"
check "says that the stores live on" says "live on"
check "which they do in the first" equal "$(stores_in one-$$)" 1
check "and in the second" equal "$(stores_in two-$$)" 1
check "make run after it" here two-$$ run 90 make run
check "knows the store it made" equal "$(store_id)" "$second"

# --- what ends tools/run ends the builds that it began
mkdir -p "$SOUK_STATE/bin"
printf '#!/bin/sh\necho $$ >%s/make\nexec sleep 600\n' "$SOUK_STATE" >"$SOUK_STATE/bin/make"
chmod +x "$SOUK_STATE/bin/make"
for signal in INT TERM; do
  rm -f "$SOUK_STATE/make"
  (trap - INT; PATH=$SOUK_STATE/bin:$PATH; exec setsid env SOUK_KUBECONFIG="$SOUK_STATE/boxes/one-$$/soukd.kubeconfig" \
    PATH="$(here one-$$ bash -c 'echo $SOUK_BIN_PATH'):$PATH" python3 -c '
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
os.execv("tools/run", ["tools/run"])') >"$log" 2>&1 &
  run=$!
  check "tools/run builds" within 60 test -s "$SOUK_STATE/make"
  kill -$signal $run
  gone() { ! kill -0 "$1" 2>/dev/null; }
  check "SIG$signal ends it" within 60 gone $run
  check "and its build" within 20 gone "$(cat "$SOUK_STATE/make")"
done
finish

#!/usr/bin/env bash
# Reference pages that come from the program are what the built program prints (`make docs` writes them).
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../cluster/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
soukd=${SOUKD:-build/soukd}
page=docs/reference/settings.md
same() { diff <(env -i HOME='~' "$soukd" --print-settings) "$page"; }
check "there is something to compare" grep -qF '`http.port`' "$page"
check "$page is what soukd --print-settings says" same
finish

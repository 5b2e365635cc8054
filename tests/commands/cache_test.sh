#!/usr/bin/env bash
# What is built once is named by the content it is made from: a change of that is another folder and another tag, and nothing else is.
# Beside it `make clean`, which leaves those alone. In a copy; nothing is built.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../cluster/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"
git ls-files -co --exclude-standard Makefile tools cluster engines | tar -c --files-from=- | tar -x -C "$work"
cd "$work" || exit 1
export SOUK_CACHE=$work/home/.cache/souk

# names   one line for each program and each image: its folder or tag.
names() {
  local part recipe
  for part in cluster/parts/*/recipe; do
    part=${part%/recipe}
    echo "${part##*/} $(cluster/build --path "${part##*/}")"
  done
  for recipe in engines/*/images/*/recipe; do
    recipe=${recipe%/recipe}
    echo "$recipe $(bash -c '. tools/images/lib.sh; images_reference "$1"' - "$recipe")"
  done
}
names >"$work/before"
# changes FILE NAME...   a line more in that file changes these names and no other; then the file is as it was.
changes() {
  local file=$1; shift
  cp -p "$file" "$work/kept"
  echo "# a line more" >>"$file"
  names >"$work/after"
  cp -p "$work/kept" "$file"
  equal "$(diff "$work/before" "$work/after" | sed -n 's/^> \([^ ]*\) .*/\1/p' | xargs)" "$*"
}

check "every program and image has a name of its own" equal "$(awk 'NF == 2 {print $2}' "$work/before" | sort -u | wc -l)" "$(wc -l <"$work/before")"
check "there are programs and images" test "$(wc -l <"$work/before")" -gt 15
check "asked again, the names are the same" equal "$(names)" "$(cat "$work/before")"
check "another go.mod of etcd is another etcd" changes cluster/parts/etcd/go.mod etcd
check "another recipe of Helm is another Helm" changes cluster/parts/helm/recipe helm
check "a module that programs share is all of these" changes cluster/parts/shared/go.sum \
  "$(cd cluster/parts && grep -l '^module=shared$' -- */recipe | xargs -n 1 dirname | xargs)"
check "another way to compile is every program" changes cluster/parts/compile "$(cd cluster/parts && echo */recipe | sed 's|/recipe||g')"
images=engines/medusa/images
check "another recipe of Valkey is another Valkey, and what is prepared with it" changes $images/valkey/recipe $images/server $images/valkey
check "another file of the application is another server" changes engines/medusa/server/lib/wait.js $images/runtime $images/server
check "a note beside the application's folder is nothing" changes engines/medusa/README.md

# What is not there yet is built, and how long that takes is told before; the compiler of this copy gives up at once.
printf '#!/bin/sh\nexit 1\n' >cluster/parts/compile
said=$(cluster/build etcd 2>&1)
estimate=$(sed -n 's/^estimate=//p' cluster/parts/etcd/recipe | tr -d "'\"")
check "a build begins with its estimate" grep -qF "etcd: building, about ${estimate:?} on two cores" <<<"$said"
check "one that fails names its output" grep -q "etcd: the build failed, whole output in /" <<<"$said"

mkdir -p build/debug "$SOUK_CACHE/bin"
touch build/debug/soukd "$SOUK_CACHE/bin/etcd"
check "make clean works" env HOME="$work/home" make --no-print-directory clean
check "it takes what this clone has built" test ! -e build
check "and leaves the cache" test -e "$SOUK_CACHE/bin/etcd"
finish

# Which parts exist, where their binaries lie, how they come to be; sourced.
# shellcheck shell=bash

fast_parts="etcd kubernetes kwok helm"
real_parts="etcd kubernetes helm kubernetes-node containerd cilium coredns local-path metrics-server traefik"

parts_of() {
  local part
  for part in "$@"; do
    case $part in
      all) printf '%s\n' $real_parts kwok ;;
      real) printf '%s\n' $real_parts ;;
      k3d) printf '%s\n' kubernetes helm ;;
      kind) printf '%s\n' kubernetes helm traefik ;;
      fast) printf '%s\n' $fast_parts ;;
      *) [ -f "$here/parts/$part/recipe" ] || die "there is no part named '$part'"; echo "$part" ;;
    esac
  done
}

recipe_value() { # part variable
  (parts=$here/parts module=$1; . "$here/parts/$1/recipe"; eval "printf %s \"\${$2:-}\"")
}

# The name holds a hash of all that goes in, so that a changed version is a new folder and an old one stays usable.
part_dir() {
  local part=$1 module hash
  module=$(recipe_value "$part" module)
  hash=$(cat "$here/parts/$module"/* "$here/parts/$part/recipe" "$here/parts/compile" | sha256sum | cut -c1-12)
  echo "$SOUK_CACHE/bin/$part-$hash"
}

build_part() (
  part=$1
  dir=$(part_dir "$part")
  [ -d "$dir" ] && exit 0
  command -v go >/dev/null || die "Go 1.26 or newer is needed to build $part"
  mkdir -p "$SOUK_CACHE/bin"
  exec 9>"$SOUK_CACHE/bin/.$part.lock"
  flock -n 9 || { say "$part: another build of it is running, waiting"; flock -w 3600 9 || die "$part: the other build did not end within an hour"; }
  [ -d "$dir" ] && exit 0
  say "$part: building, about $(recipe_value "$part" estimate) on two cores, cached afterwards"
  start=$SECONDS
  tmp=$(mktemp -d "$SOUK_CACHE/bin/.$part.XXXXXX")
  log=$SOUK_CACHE/bin/.$part.log
  if ! nice -n 5 "$here/parts/compile" "$part" "$tmp" >"$log" 2>&1 9>&-; then
    tail -n 20 "$log" >&2
    rm -rf "$tmp"
    die "$part: the build failed, whole output in $log"
  fi
  chmod 755 "$tmp"
  mv -T "$tmp" "$dir"
  say "$part: built in $((SECONDS - start)) s"
)

# Ways into a real box; sourced. $box is its state folder.
# shellcheck shell=bash

# The box's first process: the child of the unshare we started.
box_init() { local outer; outer=$(proc_pid box) && pgrep -P "$outer" | head -n 1 | grep .; }

inside() { # command...
  local init
  init=$(box_init) || { say "the box '$name' does not run: cluster/up --name $name starts it"; return 1; }
  nsenter --target "$init" --mount --net --uts --ipc --pid -- "$@"
}

# From standard input, so that the file need not be visible in the box.
import_image() { # archive
  say "loading ${1##*/}"
  timeout 300 nsenter --target "$(box_init)" --mount --net --uts --ipc --pid -- \
    ctr --address /run/containerd/containerd.sock --namespace k8s.io images import --no-unpack - <"$1" >>"$box/log/images.log" 2>&1 ||
    { tail -n 10 "$box/log/images.log" >&2; die "the image $1 could not be loaded"; }
}

# "program pid" or "program dead", one a line, as seen from inside where these pids mean something.
programs_inside() {
  # shellcheck disable=SC2016
  inside bash -c 'here=$1 box=$2 pids=$2/pids-inside
    . "$here/lib/common.sh"; . "$here/lib/proc.sh"
    for file in "$pids"/*.pid; do
      program=${file##*/}; program=${program%.pid}
      echo "$program $(proc_pid "$program" || echo dead)"
    done' programs "$here" "$box"
}

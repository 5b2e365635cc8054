# Images of the pods that belong to the cluster itself: one static program each; sourced.
# shellcheck shell=bash

# image NAME FILE PATH-IN-IMAGE USER COMMAND -> prints the archive, made once for each content
image() {
  local name=$1 file=$2 path=$3 user=$4 command=$5 archive tree
  archive=$SOUK_CACHE/cluster-images/$name-$( (sha256sum <"$file"; printf '%s\n' "$@" | tail -n +3) | sha256sum | cut -c1-12).tar
  if [ ! -s "$archive" ]; then
    say "image $name: packing"
    mkdir -p "$SOUK_CACHE/cluster-images"
    tree=$(mktemp -d "$SOUK_CACHE/cluster-images/.work.XXXXXX")
    pack "$tree" "$name" "$file" "$path" "$user" "$command" >"$tree/log" 2>&1 9>&- ||
      { tail -n 15 "$tree/log" >&2; rm -rf "$tree"; die "image $name could not be made"; }
    mv "$tree/image.tar" "$archive"
    rm -rf "$tree"
  fi
  echo "$archive"
}

# A store of its own for each image: nothing of the user's is read or left behind.
pack() ( # tree name file path user command
  set -e
  tool() { BUILDAH_ISOLATION=chroot timeout 300 buildah --root "$1/store" --runroot "$1/run" --storage-driver vfs "${@:2}"; }
  mkdir -p "$1/root/$(dirname "$4")" "$1/root/tmp"
  chmod 1777 "$1/root/tmp"
  install -m 755 "$3" "$1/root/$4"
  if [ "$2" = busybox ]; then for applet in sh mkdir rm chmod sleep cat; do ln -s busybox "$1/root/bin/$applet"; done; fi
  container=$(tool "$1" from scratch)
  tool "$1" copy "$container" "$1/root" /
  tool "$1" config --user "$5" --entrypoint "$6" --env PATH=/bin:/usr/bin "$container"
  tool "$1" commit "$container" "oci-archive:$1/image.tar:localhost/souk/$2:1"
)

cluster_images() { # one archive a line
  local pause=$SOUK_CACHE/pause
  if [ ! -x "$pause" ] || [ "$here/real/pause.c" -nt "$pause" ]; then
    gcc -Os -static -s -o "$pause.$$" "$here/real/pause.c" && mv "$pause.$$" "$pause"
  fi
  image pause "$pause" /pause 65535:65535 '["/pause"]'
  image busybox /bin/busybox /bin/busybox 0:0 '[]'
  image coredns "$(part_dir coredns)/coredns" /coredns 65532:65532 '["/coredns"]'
  image local-path "$(part_dir local-path)/local-path-provisioner" /local-path-provisioner 65532:65532 '["/local-path-provisioner"]'
  image metrics-server "$(part_dir metrics-server)/metrics-server" /metrics-server 65532:65532 '["/metrics-server"]'
  traefik_image
}
traefik_image() { image traefik "$(part_dir traefik)/traefik" /traefik 65532:65532 '["/traefik"]'; }

# The box's address block and the cable to the host; sourced. Block N: host 198.18.N.1, node 198.18.N.2, no route beyond.
# shellcheck shell=bash

blocks=/run/souk-blocks        # one file per block in use on this machine, naming the box: other clones look here too

block_ours() { [ "$(cat "$blocks/$1" 2>/dev/null)" = "$box" ]; }
block_free() {
  local owner
  owner=$(cat "$blocks/$1" 2>/dev/null || true)
  [ -z "$owner" ] || [ ! -d "$owner" ] || return 1
  # A link that nobody registered is either a dead box's, which ends by itself, or not ours to touch.
  ! ip link show "souk$1" >/dev/null 2>&1 && ! ip -4 -o addr show | grep -qF " 198.18.$1."
}

take_block() { # sets block; the same as last time if it can be
  mkdir -p "$blocks"
  exec 7>"$blocks/.lock"
  flock -w 60 7 || die "could not get the lock of the address blocks"
  block=$(known_block)
  if [ -z "$block" ] || ! { block_ours "$block" || block_free "$block"; }; then
    for block in $(seq 0 255) none; do
      [ "$block" = none ] && die "all address blocks from 198.18.0.0 to 198.18.255.0 are in use"
      block_free "$block" && break
    done
  fi
  echo "$box" >"$blocks/$block"
  echo "$block" >"$box/block"
  exec 7>&-
  host_ip=198.18.$block.1 node_ip=198.18.$block.2 link=souk$block
}

plug_in() { # init pid
  ip link add "$link" type veth peer name eth0 netns "$1"
  ip addr add "$host_ip/30" dev "$link"
  ip link set "$link" up
}

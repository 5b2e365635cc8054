# Remove what a dead real box left on the host; sourced.
# shellcheck shell=bash

remove_cgroups() { # the deepest first; the kernel needs a moment after the last process
  local end=$((SECONDS + 20)) folders
  while :; do
    folders=$(find /sys/fs/cgroup/*/"$1" /sys/fs/cgroup/"$1" -depth -type d 2>/dev/null || true)
    [ -n "$folders" ] || return 0
    printf '%s\n' "$folders" | xargs -r rmdir 2>/dev/null || true
    if [ $SECONDS -ge $end ]; then say "cgroups that cannot be removed: $(printf '%s\n' "$folders" | tail -n 1)"; return 1; fi
    sleep 0.2
  done
}

unmount_below() {
  local place
  awk -v top="$1/" 'index($5, top) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r place; do umount -l "$place"; done
}

known_block() { # also when the state folder has lost it
  local block
  block=$(cat "$box/block" 2>/dev/null || grep -lxF "$box" /run/souk-blocks/[0-9]* 2>/dev/null | head -n 1 || true)
  echo "${block##*/}"
}

# clean_remains [all]   What a killed box may have left; "all" gives the address block back too.
clean_remains() {
  local block
  block=$(known_block)
  unmount_below "$box"
  if [ -z "$block" ] || [ "$(id -u)" != 0 ]; then return 0; fi
  remove_cgroups "souk-$block" || return 1
  if [ "$(cat "/run/souk-blocks/$block" 2>/dev/null)" = "$box" ]; then
    ip link del "souk$block" 2>/dev/null || true
    [ "${1:-}" != all ] || rm -f "/run/souk-blocks/$block"
  fi
}

# Debian packages, for every script that needs some; sourced. Nothing here asks a question.
# shellcheck shell=bash

# apt_missing PACKAGE...   prints those that are not installed, in one line; all of them where there is no dpkg.
apt_missing() {
  { dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
    awk -v all="$*" '$2 == "installed" { have[$1] = 1 }
      END { n = split(all, name, " "); for (i = 1; i <= n; i++) if (!(name[i] in have)) { printf "%s%s", gap, name[i]; gap = " " } }'
}

# apt_install PACKAGE...   as root. Another apt may be at work (a fresh machine updates itself): each step waits for its lock.
# 1: it failed; the end of the output and where the rest is were printed.
apt_install() {
  local log updated=no
  log=$(mktemp)
  for _ in $(seq 30); do
    if timeout 300 apt-get -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 </dev/null; then updated=yes; break; fi
    # The lock of the package lists is the one apt does not wait for by itself.
    grep -q 'Could not get lock' "$log" || break
    sleep 10
  done
  if [ $updated = yes ] && DEBIAN_FRONTEND=noninteractive timeout 1200 apt-get -o DPkg::Lock::Timeout=300 install -y \
      --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return 0
  fi
  tail -n 5 "$log" >&2
  printf 'Installing Debian packages failed; the whole output is in %s\n' "$log" >&2
  return 1
}

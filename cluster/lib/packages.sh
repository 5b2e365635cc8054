# Debian packages of a real box; sourced.
# shellcheck shell=bash

# containerd: for ctr only, the daemon is too old for this kubelet and comes from cluster/parts.
# clang-14, llvm-14, bpftool: Cilium compiles its datapath when it starts. gcc: the pause program.
real_packages="runc containerd containernetworking-plugins iptables nftables ipset conntrack iproute2 kmod
  buildah busybox-static clang-14 llvm-14 bpftool gcc libc6-dev openssl python3 util-linux procps"

missing_packages() {
  # shellcheck disable=SC2086
  { dpkg-query -W -f '${Package} ${db:Status-Status}\n' $real_packages 2>/dev/null || true; } |
    awk -v all="$real_packages" '$2 == "installed" { have[$1] = 1 }
      END { n = split(all, name, " "); for (i = 1; i <= n; i++) if (!(name[i] in have)) print name[i] }'
}

need_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "a real box needs Debian 12 or something close to it, because runc, iptables, clang and others come from its packages"
  local missing
  missing=$(missing_packages | xargs)
  [ -n "$missing" ] || return 0
  [ "$(id -u)" = 0 ] || die "these Debian packages are missing and only root can install them: $missing"
  say "installing Debian packages: $missing"
  local log=$SOUK_CACHE/apt.log
  mkdir -p "$SOUK_CACHE"
  # shellcheck disable=SC2086
  { timeout 300 apt-get -o DPkg::Lock::Timeout=240 update &&
    DEBIAN_FRONTEND=noninteractive timeout 900 apt-get -o DPkg::Lock::Timeout=240 install -y --no-install-recommends $missing
  } >"$log" 2>&1 </dev/null || { tail -n 15 "$log" >&2; die "apt-get failed, whole output in $log"; }
}

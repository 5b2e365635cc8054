# Debian packages of a real box; sourced.
# shellcheck shell=bash
# shellcheck source=../../tools/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../tools/apt.sh"

# containerd: for ctr only, the daemon is too old for this kubelet and comes from cluster/parts.
# clang-14, llvm-14, bpftool: Cilium compiles its datapath when it starts. gcc: the pause program.
real_packages="runc containerd containernetworking-plugins iptables nftables ipset conntrack iproute2 kmod
  buildah busybox-static clang-14 llvm-14 bpftool gcc libc6-dev openssl python3 util-linux procps"

need_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    die "a real box needs Debian 12 or something close to it, because runc, iptables, clang and others come from its packages"
  local missing
  # shellcheck disable=SC2086
  missing=$(apt_missing $real_packages)
  [ -n "$missing" ] || return 0
  [ "$(id -u)" = 0 ] || die "these Debian packages are missing and only root can install them: $missing"
  say "installing Debian packages: $missing"
  # shellcheck disable=SC2086
  apt_install $missing || die "a real box needs these packages"
}

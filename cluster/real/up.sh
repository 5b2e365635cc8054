# Start or repair a real box; sourced by cluster/up, which holds the lock.
# shellcheck shell=bash
for file in real/network real/config real/images real/inside real/down lib/packages; do
  # shellcheck source=/dev/null
  . "$here/$file.sh"
done

real_prepare() {
  [ "$(id -u)" = 0 ] || die "a real box needs root (namespaces, mounts, networks); cluster/up --fast does not"
  need_packages
}

api_ready() { k get --raw /readyz --request-timeout=3s; }
node_ready() { [ "$(k get node "$name" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }
entry_ready() { [ "$(curl -s -m 2 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$public/" -H 'Host: souk.invalid')" = 404 ]; }
init_ready() { inside test -e /run/init-ready; }
crds_ready() { k wait --for=condition=Established --timeout=5s crd/ciliumnodes.cilium.io crd/ciliumendpoints.cilium.io crd/ciliumidentities.cilium.io crd/ciliumnetworkpolicies.cilium.io; }

make_cgroups() {
  local top
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then mkdir -p "/sys/fs/cgroup/$cgroup"; return; fi     # version 2
  for top in /sys/fs/cgroup/*/; do
    mkdir -p "$top$cgroup" 2>/dev/null || continue
    # A fresh cpuset holds no processor and no memory, and nothing may run in it.
    if [ -e "$top$cgroup/cpuset.mems" ] && [ -e "${top}cpuset.mems" ]; then
      cat "${top}cpuset.cpus" >"$top$cgroup/cpuset.cpus"
      cat "${top}cpuset.mems" >"$top$cgroup/cpuset.mems"
    fi
  done
}

addons_ready() {
  k wait --for=condition=Available --timeout=5s deploy/coredns deploy/metrics-server -n kube-system &&
    k wait --for=condition=Available --timeout=5s deploy/traefik -n traefik &&
    k wait --for=condition=Available --timeout=5s deploy/local-path-provisioner -n local-path-storage &&
    k wait --for=condition=Available --timeout=5s apiservice/v1beta1.metrics.k8s.io
}

show_dead() {
  local program state
  while read -r program state; do
    [ "$state" = dead ] || continue
    say "--- $program has ended:"
    tail -n 8 "$box/log/$program.log" >&2
  done < <(programs_inside)
}

start_box() {
  kill_box                      # parts of a dead box: a shim, a forwarder
  clean_remains
  take_block
  cgroup=souk-$block
  rm -rf "$box/pids" "$box/pids-inside" "$box/imported"
  make_cgroups
  proc_start box unshare --mount --pid --net --uts --ipc --fork --kill-child --mount-proc "$here/real/init" "$box" "$name"
  watched=box wait_for 60 "the box's first process" "$box/log/box.log" init_ready
  plug_in "$(box_init)"
}

apply() { # file; @NODE_IP@ and @VOLUMES@ are filled in
  sed -e "s|@NODE_IP@|$node_ip|g" -e "s|@VOLUMES@|$box/volumes|g" "$1" |
    k apply --server-side --force-conflicts -f - >>"$box/log/setup.log" 2>&1 || { tail -n 10 "$box/log/setup.log" >&2; return 1; }
}
load_own_images() {
  local archive
  mkdir -p "$box/imported"
  while read -r archive; do
    [ -e "$box/imported/${archive##*/}" ] && continue
    import_image "$archive" </dev/null
    : >"$box/imported/${archive##*/}"
  done <"$box/images"
}
services() { inside env SOUK_BOX="$box" PATH="$box/tools:$PATH" "$here/real/services" "$here" "$box" "$name" "$node_ip" "$1"; }

real_up() {
  pki=$box/pki conf=$box/conf
  mkdir -p "$box/log" "$conf"
  echo real >"$box/kind"
  proc_pid forward >/dev/null || drop_taken_ports
  if [ "$name" = souk ]; then pick_ports public=8080; else pick_ports public; fi
  cluster_images >"$box/images"
  if init_ready 2>/dev/null; then take_block; else start_box; fi
  cgroup=souk-$block
  server=https://$node_ip:6443
  write_pki
  write_config
  services first
  wait_for 180 "the API server" "$box/log/kube-apiserver.log" api_ready || { show_dead; return 1; }
  local crds file
  crds=$(part_dir cilium)/crds
  k apply --server-side --force-conflicts -f "$crds" >>"$box/log/setup.log" 2>&1 || { tail -n 10 "$box/log/setup.log" >&2; return 1; }
  wait_for 60 "Cilium's own resources" "" crds_ready
  services second
  load_own_images
  proc_start forward "$(python)" "$here/real/forward.py" "$public" "$node_ip" 30080
  for file in "$here"/real/addons/*.yaml; do apply "$file"; done
  make_identity "$server"
  wait_for 240 "the node to be Ready" "$box/log/kubelet.log" node_ready || { show_dead; return 1; }
  wait_for 300 "the cluster's own pods to be available" "$box/log/kubelet.log" addons_ready ||
    { k get pods -A -o wide >&2; k get events -A --sort-by=.lastTimestamp 2>/dev/null | tail -n 10 >&2; return 1; }
  watched=forward wait_for 120 "the entry point" "$box/log/forward.log" entry_ready
  write_env <<EOF
export SOUK_BOX_KIND=real
export SOUK_ENTRY=127.0.0.1:$public
export SOUK_PUBLIC_PORT=$public
export SOUK_BIN_PATH=$bin_path
export SOUK_INGRESS_NAMESPACE=traefik
export SOUK_NODE_ADDRESS=$node_ip
EOF
}

# Write the configuration of a real box into $box/conf and its certificates into $box/pki; sourced.
# shellcheck shell=bash

write_pki() {
  mkdir -p "$pki"
  # The certificates carry the node's address: another block, other certificates.
  if [ "$(cat "$pki/address" 2>/dev/null)" != "$node_ip" ]; then rm -f "$pki"/api.crt "$pki"/kubelet-server.crt; fi
  echo "$node_ip" >"$pki/address"
  pki_ca ca
  pki_ca front-ca
  pki_cert ca api /CN=kube-apiserver server "IP:$node_ip,IP:127.0.0.1,IP:10.43.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
  pki_cert ca kubelet-server "/CN=$name" server "IP:$node_ip,DNS:$name"
  pki_cert ca kubelet "/O=system:nodes/CN=system:node:$name" client
  pki_cert ca api-kubelet /O=system:masters/CN=kube-apiserver-kubelet-client client
  pki_cert ca admin /O=system:masters/CN=souk-admin client
  pki_cert ca cilium /O=system:masters/CN=souk-cilium client
  pki_cert ca manager /CN=system:kube-controller-manager client
  pki_cert ca scheduler /CN=system:kube-scheduler client
  pki_cert ca proxy /CN=system:kube-proxy client
  pki_cert front-ca front-proxy /CN=front-proxy client
  if [ ! -s "$pki/sa.pub" ]; then
    (umask 077; openssl genrsa -out "$pki/sa.key" 2048 2>/dev/null)
    openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null
  fi
  local user
  for user in kubelet cilium manager scheduler proxy; do pki_kubeconfig "$conf/$user.kubeconfig" "$server" "cert=$user"; done
  pki_kubeconfig "$box/kubeconfig" "$server" cert=admin
}

# put FILE: standard input becomes its content. The same content is not written again: kube-proxy ends when its file is.
put() {
  cat >"$1.new"
  if cmp -s "$1.new" "$1"; then rm -f "$1.new"; else mv "$1.new" "$1"; fi
}

write_config() {
  mkdir -p "$conf" "$box/cni-bin" "$box/tools" "$box/volumes"
  chmod 755 "$box/volumes"
  # Cilium calls its compilers by their plain names; the CNI programs must lie in one folder.
  ln -sfn "$(command -v clang-14)" "$box/tools/clang"
  ln -sfn "$(command -v llc-14)" "$box/tools/llc"
  ln -sfn "$(part_dir cilium)/cilium-cni" "$box/cni-bin/cilium-cni"
  ln -sfn /usr/lib/cni/loopback "$box/cni-bin/loopback"
  ln -sfn "$(part_dir cilium)" "$conf/cilium"

  [ -s "$conf/encryption.yaml" ] || (umask 077; cat >"$conf/encryption.yaml" <<EOF
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
- resources: [secrets]
  providers:
  - secretbox: {keys: [{name: first, secret: $(openssl rand -base64 32)}]}
  - identity: {}
EOF
  )
  # Pods cannot leave the box: there is no route, and the host's end of the cable takes only answers.
  put "$conf/firewall.nft" <<EOF
table inet souk
delete table inet souk
table inet souk {
  chain forward { type filter hook forward priority -10; ip daddr $host_ip ct state new drop; }
  chain output { type filter hook output priority -10; ip daddr $host_ip ct state new drop; }
}
EOF
  # restrict_oom_score_adj: without CAP_SYS_RESOURCE a pod cannot be made less likely to be killed.
  # The erofs plugins do not load everywhere, and the CRI plugin would not load without them.
  put "$conf/containerd.toml" <<EOF
version = 3
root = '$box/containerd'
state = '/run/containerd'
disabled_plugins = ['io.containerd.differ.v1.erofs', 'io.containerd.snapshotter.v1.erofs', 'io.containerd.mount-handler.v1.erofs']
[grpc]
address = '/run/containerd/containerd.sock'
[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = 'localhost/souk/pause:1'
[plugins.'io.containerd.cri.v1.runtime']
restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ['$box/cni-bin']
conf_dir = '/run/cni'
EOF
  put "$conf/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
failSwapOn: false
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
enforceNodeAllocatable: []
oomScoreAdj: 0
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
podLogsDir: /var/log/pods
resolvConf: $box/resolv.conf
clusterDNS: [10.43.0.10]
clusterDomain: cluster.local
maxPods: 400
serializeImagePulls: false
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $pki/kubelet-server.crt
tlsPrivateKeyFile: $pki/kubelet-server.key
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
EOF
  # The conntrack settings of the machine cannot be written from inside a network namespace.
  put "$conf/proxy.yaml" <<EOF
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
oomScoreAdj: 0
clusterCIDR: 10.42.0.0/16
clientConnection: {kubeconfig: $conf/proxy.kubeconfig}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
EOF
}

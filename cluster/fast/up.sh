# Start or repair a fast box; sourced by cluster/up, which holds the lock.
# shellcheck shell=bash

etcd_ready() { curl -fsS -m 2 "http://127.0.0.1:$etcd/health"; }
api_ready() { k get --raw /readyz --request-timeout=3s; }
node_ready() { [ "$(k get node fast -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ]; }
entry_ready() { [ "$(curl -s -m 2 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$public/" -H 'Host: souk.invalid')" = 404 ]; }

start_api() {
  proc_start kube-apiserver kube-apiserver \
    --etcd-servers="http://127.0.0.1:$etcd" --etcd-prefix=/registry \
    --bind-address=127.0.0.1 --secure-port="$api" --endpoint-reconciler-type=none \
    --tls-cert-file="$pki/api.crt" --tls-private-key-file="$pki/api.key" --client-ca-file="$pki/ca.crt" \
    --token-auth-file="$box/tokens.csv" --authorization-mode=RBAC \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
    --service-account-max-token-expiration=8760h \
    --service-cluster-ip-range=10.96.0.0/16 --kubelet-preferred-address-types=InternalIP --profiling=false
}

fast_up() {
  pki=$box/pki
  mkdir -p "$pki" "$box/log" "$box/etcd"
  echo fast >"$box/kind"
  if box_empty; then drop_taken_ports; fi
  pick_ports etcd etcd_peer api manager scheduler kwok public
  pki_ca ca
  pki_cert ca api /CN=kube-apiserver server "IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc"
  [ -s "$pki/sa.pub" ] || { (umask 077; openssl genrsa -out "$pki/sa.key" 2048 2>/dev/null); openssl rsa -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null; }
  server=https://127.0.0.1:$api
  [ -s "$box/tokens.csv" ] || (umask 077
    printf '%s,%s\n' "$(openssl rand -hex 24)" souk-admin,1,system:masters "$(openssl rand -hex 24)" system:kube-controller-manager,2 \
      "$(openssl rand -hex 24)" system:kube-scheduler,3 >"$box/tokens.csv")
  local token user
  while IFS=, read -r token user _; do
    case $user in
      souk-admin) pki_kubeconfig "$box/kubeconfig" "$server" "token=$token"; (umask 077; echo "$token" >"$box/admin.token") ;;
      system:kube-controller-manager) pki_kubeconfig "$box/manager.kubeconfig" "$server" "token=$token" ;;
      system:kube-scheduler) pki_kubeconfig "$box/scheduler.kubeconfig" "$server" "token=$token" ;;
    esac
  done <"$box/tokens.csv"

  # State that is thrown away need not survive a power cut.
  proc_start etcd etcd --name=fast --data-dir="$box/etcd" --unsafe-no-fsync --log-level=warn \
    --listen-client-urls="http://127.0.0.1:$etcd" --advertise-client-urls="http://127.0.0.1:$etcd" \
    --listen-peer-urls="http://127.0.0.1:$etcd_peer" --initial-advertise-peer-urls="http://127.0.0.1:$etcd_peer" \
    --initial-cluster="fast=http://127.0.0.1:$etcd_peer" --quota-backend-bytes=8589934592
  watched=etcd wait_for 60 "etcd" "$box/log/etcd.log" etcd_ready
  start_api
  kill -CONT "$(proc_pid kube-apiserver)" 2>/dev/null || true     # fast-api may have paused it
  watched=kube-apiserver wait_for 120 "the API server" "$box/log/kube-apiserver.log" api_ready

  # Nobody else runs here, so no leader election: an API outage must not end these two. A test's outage or pause must
  # not mark the node lost either: kwok would never make its pods ready again.
  proc_start kube-controller-manager kube-controller-manager --kubeconfig="$box/manager.kubeconfig" \
    --bind-address=127.0.0.1 --secure-port="$manager" --leader-elect=false --controllers='*' \
    --use-service-account-credentials --service-account-private-key-file="$pki/sa.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --enable-hostpath-provisioner --node-monitor-grace-period=24h --kube-api-qps=500 --kube-api-burst=1000
  proc_start kube-scheduler kube-scheduler --kubeconfig="$box/scheduler.kubeconfig" \
    --bind-address=127.0.0.1 --secure-port="$scheduler" --leader-elect=false --kube-api-qps=500 --kube-api-burst=1000
  [ -e "$box/pod.log" ] || printf '%s stdout F hello from a pod of the fast box\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)" >"$box/pod.log"
  "$here/fast/stages.sh" "$(dirname "$(command -v kwok)")/stages" "$box/pod.log" >"$box/kwok.yaml"
  proc_start kwok kwok --kubeconfig="$box/kubeconfig" --config="$box/kwok.yaml" --manage-all-nodes=true \
    --cidr=10.244.0.0/16 --node-ip=127.0.0.1 --node-port="$kwok" --server-address="127.0.0.1:$kwok" \
    --tls-cert-file="$pki/api.crt" --tls-private-key-file="$pki/api.key"
  proc_start entry "$(python)" "$here/fast/entry.py" --server="$server" --ca="$pki/ca.crt" \
    --token-file="$box/admin.token" --port="$public"
  k apply --server-side --force-conflicts -f "$here/fast/base.yaml" >>"$box/log/setup.log" 2>&1 ||
    { tail -n 10 "$box/log/setup.log" >&2; return 1; }
  make_identity "$server" || { say "soukd's identity could not be made, see $box/log/setup.log"; return 1; }
  watched=kwok wait_for 120 "the node to be Ready" "$box/log/kwok.log" node_ready
  watched=entry wait_for 60 "the entry point" "$box/log/entry.log" entry_ready
  write_env <<EOF
export SOUK_BOX_KIND=fast
export SOUK_ENTRY=127.0.0.1:$public
export SOUK_PUBLIC_PORT=$public
export SOUK_BIN_PATH=$bin_path
export SOUK_INGRESS_NAMESPACE=traefik
export SOUK_API_PID_FILE=$box/pids/kube-apiserver.pid
export SOUK_POD_LOG=$box/pod.log
EOF
}

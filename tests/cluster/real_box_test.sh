#!/usr/bin/env bash
# The real box keeps what cluster/README.md promises. Needs root. Makes two boxes of its own and removes them.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ "$(id -u)" = 0 ] || { echo "this test needs root"; exit 1; }
# Names of this clone, so that what a killed test left is found by the next one. The other clone is another state folder.
name=rbt-$(printf %s "$cluster" | sha256sum | cut -c1-8)
clone=${TMPDIR:-/tmp}/souk-$name
clean() {
  "$cluster/down" --name "$name"
  SOUK_STATE=$clone "$cluster/down" --name "$name" && rm -rf "$clone"
} >/dev/null 2>&1
clean
trap clean EXIT

check "up" timeout 3000 "$cluster/up" --name "$name"
# shellcheck source=/dev/null
. "$("$cluster/status" --name "$name" --env)" || { failed=1; finish; exit 1; }
PATH=$SOUK_BIN_PATH:$PATH
box=$(dirname "$KUBECONFIG")
block=$(cat "$box/block")
k() { kubectl --request-timeout=30s "$@"; }
node() { "$cluster/inside" --name "$name" "$@"; }
code() { curl -s -m 20 -o /dev/null -w '%{http_code}' -H "Host: $1" "http://$SOUK_ENTRY/"; }
is_code() { equal "$(code "$1")" "$2"; }
run() { k exec -n shop client -- busybox "$@"; }
# A server says its name to whoever connects.
says() { equal "$(k exec -n shop "$1" -- busybox timeout 4 busybox nc "$2" "$3" </dev/null 2>/dev/null)" "$4"; }

check "status says that all is well" "$cluster/status" --name "$name"
check "the node takes 400 pods" equal "$(k get node "$name" -o 'jsonpath={.status.allocatable.pods}')" 400
check "the entry point answers for an unknown host" within 20 is_code nobody.localhost 404
check "soukd is not an administrator" equal "$(kubectl --kubeconfig="$SOUK_KUBECONFIG" auth can-i get secrets -n kube-system 2>/dev/null)" no
k create namespace shop >/dev/null
workloads() {
  cat <<'Y'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: main, image: "localhost/souk/busybox:1", command: [busybox, sleep, "36000"], volumeMounts: [{name: data, mountPath: /data}]}
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: Pod
metadata: {name: stranger}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: main, image: "localhost/souk/busybox:1", command: [busybox, sleep, "36000"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: server, labels: {app: server}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: raw, image: "localhost/souk/busybox:1", command: [busybox, nc, -ll, -p, "9000", -e, busybox, echo, server]}
  - name: web
    image: localhost/souk/busybox:1
    command: [sh, -c, 'mkdir -p /www && echo hello >/www/index.html && exec busybox httpd -f -p 8000 -h /www']
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: again}
spec:
  selector: {matchLabels: {app: again}}
  template:
    metadata: {labels: {app: again}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: main, image: "localhost/souk/busybox:1", command: [busybox, sleep, "36000"]}]
---
apiVersion: v1
kind: Service
metadata: {name: server}
spec: {selector: {app: server}, ports: [{name: web, port: 80, targetPort: 8000}, {name: raw, port: 9000}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: server}
spec:
  ingressClassName: traefik
  rules:
  - {host: one.localhost, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: server, port: {number: 80}}}}]}}
Y
}
check "objects are accepted" k apply -n shop -f <(workloads)
check "pods run, with a volume" k wait -n shop --for=condition=Ready pod --all --timeout=90s
check "the claim is bound" k wait -n shop --for=jsonpath='{.status.phase}'=Bound pvc/data --timeout=30s
check "a pod writes into its volume" run sh -c 'echo kept >/data/file'
check "a pod's logs" sh -c "kubectl logs -n kube-system deploy/coredns | grep -qi coredns"
service=$(k get svc -n shop server -o 'jsonpath={.spec.clusterIP}')
resolved() { equal "$(run nslookup server.shop.svc.cluster.local 10.43.0.10 2>/dev/null | grep -A1 server.shop | grep -oE '10\.43\.[0-9.]+' | head -1)" "$service"; }
addressed() { equal "$(k get ingress -n shop server -o 'jsonpath={.status.loadBalancer.ingress[0].ip}')" "$SOUK_NODE_ADDRESS"; }
# What is Ready is not yet in the books of DNS, of the network and of the entry point.
check "DNS inside the cluster" within 30 resolved
check "pod to service" within 30 says client "$service" 9000 server
check "stranger to service" within 30 says stranger "$service" 9000 server
check "entry point to pod, from the host" within 30 is_code one.localhost 200
check "the Ingress got the node's address" within 30 addressed

# A machine inside the box that stands for the world outside.
node "$cluster/real/outside" 169.254.169.254 7000
check "without a policy the metadata address is reachable" within 30 says stranger 169.254.169.254 7000 outside
policies() {
  cat <<'Y'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: server-in}
spec:
  podSelector: {matchLabels: {app: server}}
  policyTypes: [Ingress]
  ingress:
  - from: [{podSelector: {matchLabels: {may: call}}}]
  - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: traefik}}, podSelector: {matchLabels: {app.kubernetes.io/name: traefik}}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: stranger-out}
spec: {podSelector: {matchLabels: {may: nothing}}, policyTypes: [Egress], egress: []}
Y
}
k label pod -n shop client may=call >/dev/null
k label pod -n shop stranger may=nothing >/dev/null
k apply -n shop -f <(policies) >/dev/null
check "policy: the labelled pod still gets in" within 30 says client "$service" 9000 server
check "policy: the entry point still gets in" within 30 is_code one.localhost 200
check "policy: nothing out" within 30 not says stranger 169.254.169.254 7000 outside
k label pod -n shop stranger may- >/dev/null
check "without the label the way out is open again" within 30 says stranger 169.254.169.254 7000 outside
check "policy: an unlabelled pod does not get in" within 30 not says stranger "$service" 9000 server
k delete networkpolicy -n shop server-in >/dev/null
check "without the policy it gets in again" within 30 says stranger "$service" 9000 server

"$cluster/../tests/cluster/listen.py" "198.18.$block.1" 7001 & listener=$!
check "a listener on the host's end of the cable is there" within 20 sh -c "curl -s -m 2 http://198.18.$block.1:7001/ | grep -q host"
check "no pod reaches it" not says client "198.18.$block.1" 7001 host
kill $listener
check "no way out of the box" not sh -c "'$cluster/inside' --name $name ip route show default | grep -q ."

k create secret generic -n shop sesame --from-literal=word=open-sesame >/dev/null
k create configmap -n shop barley --from-literal=word=open-barley >/dev/null
check "what is not encrypted is found on disk" grep -rqa open-barley "$box/etcd" # else the next finds nothing for another reason
check "Secrets are encrypted on disk" not grep -rqa open-sesame "$box/etcd"
metrics() { k top pod -n shop --no-headers 2>/dev/null | grep -q client; }
check "kubectl top answers" within 90 metrics
check "load an image" "$cluster/load" --name "$name" "$(grep busybox "$box/images")"

programs() { tail -n +1 "$box"/pids-inside/*.pid "$box"/pids/*.pid; }
running=$(programs)
check "up again leaves what runs alone" timeout 240 "$cluster/up" --name "$name"
check "the programs are the same" equal "$(sleep 3; programs)" "$running"
check "and all is well" "$cluster/status" --name "$name"
kill_program() { node sh -c "kill -9 \$(cat '$box/pids-inside/$1.pid')"; }
# Needs the controllers, the scheduler, the kubelet, containerd and Cilium.
replaced() {
  local old; old=$(k get pod -n shop -l app=again -o 'jsonpath={.items[*].metadata.name}')
  k delete pod -n shop -l app=again --wait=false >/dev/null && within 60 another "$old"
}
another() { # names...   of pods that do not count
  k get pod -n shop -l app=again -o json | jq -e --arg old "$1" '($old | split(" ")) as $gone | any(.items[];
    (.metadata.name | IN($gone[]) | not) and any(.status.conditions[]?; .type == "Ready" and .status == "True"))'
}
repaired() {
  kill_program "$1" && within 20 not "$cluster/status" --name "$name" && timeout 240 "$cluster/up" --name "$name" && "$cluster/status" --name "$name" &&
    within 30 says client "$service" 9000 server && within 30 is_code one.localhost 200 && replaced
}
for program in kubelet containerd etcd kube-apiserver kube-controller-manager kube-scheduler cilium kube-proxy; do check "up repairs a killed $program" repaired $program; done
killed "$(cat "$box/pids/forward.pid")"
check "up repairs a killed forwarder" sh -c "timeout 240 '$cluster/up' --name $name && curl -s -m 20 -H 'Host: one.localhost' http://$SOUK_ENTRY/ | grep -q hello"
port=$SOUK_PUBLIC_PORT
other() { SOUK_STATE=$clone timeout 400 "$cluster/$1" --name "$name" "${@:2}"; }
other_box=$clone/boxes/$name
setting() { sed -n "s/^export $2=//p" "$1/env"; }
apart() {
  not equal "$(cat "$box/block")" "$(cat "$other_box/block")" && not equal "$(setting "$box" SOUK_PUBLIC_PORT)" "$(setting "$other_box" SOUK_PUBLIC_PORT)" &&
    not equal "$(setting "$box" SOUK_NODE_ADDRESS)" "$(setting "$other_box" SOUK_NODE_ADDRESS)"
}
cluster_id() { kubectl --kubeconfig="$1/kubeconfig" --request-timeout=20s get namespace kube-system -o 'jsonpath={.metadata.uid}'; }
killed "$(cat "$box/pids/box.pid")"
check "another clone's box of the same name comes up after a killed one" other up
check "at other addresses and another port" apart
check "up brings a killed box back" timeout 400 "$cluster/up" --name "$name"
check "at the same port" equal "$(. "$box/env"; echo "$SOUK_PUBLIC_PORT")" "$port"
check "and the same addresses" equal "$(cat "$box/block")" "$block"
check "beside the other clone's, which is still well" other status
check "they are two clusters" not equal "$(cluster_id "$box")" "$(cluster_id "$other_box")"
killed "$(cat "$other_box/pids/box.pid")"
check "the other clone's, killed, comes back beside this one" other up
check "still at other addresses and another port" apart
check "this one is still well" "$cluster/status" --name "$name"
check "the other clone's goes" other down
check "and leaves nothing" not test -e "$other_box"
check "this one is well without it" "$cluster/status" --name "$name"
check "its pods run again" k wait -n shop --for=condition=Ready pod --all --timeout=120s
check "data is kept" within 90 sh -c "kubectl exec -n shop client -- busybox cat /data/file | grep -q kept"
check "and the entry point answers" within 90 is_code one.localhost 200

pod_process=$(node sh -c 'readlink /proc/1/ns/pid')
check "down" "$cluster/down" --name "$name"
leftovers() { grep -lzxF "SOUK_BOX=$box" /proc/[0-9]*/environ 2>/dev/null | grep -q .; }
namespace_lives() { readlink /proc/[0-9]*/ns/pid 2>/dev/null | grep -qF "$pod_process"; }
check "down leaves no process" not leftovers
check "down leaves no process of a pod" not namespace_lives
check "down leaves no cable" not ip link show "souk$block"
check "down leaves no mount" not grep -qF "$box" /proc/self/mountinfo
check "down leaves no cgroup" not sh -c "find /sys/fs/cgroup -maxdepth 2 -name 'souk-$block' | grep -q ."
check "down leaves no folder" not test -e "$box"
check "down leaves no note of its address" not test -e "/run/souk-blocks/$block"

timeout -s KILL 9 "$cluster/up" --name "$name" >/dev/null 2>&1
check "up goes on where a killed up stopped" timeout 400 "$cluster/up" --name "$name"
rm -rf "$box" 2>/dev/null
check "down, although somebody removed the folder" "$cluster/down" --name "$name"
rest() { leftovers || test -e "$box" || ip -o link | grep -q "souk$block@" || test -e "/run/souk-blocks/$block"; }
check "it leaves nothing either" not rest
finish

#!/usr/bin/env bash
# The fast box keeps what cluster/README.md promises. Needs no root. Makes two boxes of its own and removes them.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
name=fbt-$$ other=fbu-$$
trap '"$cluster/down" --name $name >/dev/null 2>&1; "$cluster/down" --name $other >/dev/null 2>&1' EXIT

check "up" timeout 1800 "$cluster/up" --name $name --fast
# shellcheck source=/dev/null
. "$("$cluster/status" --name $name --env)" || { failed=1; finish; exit 1; }
PATH=$SOUK_BIN_PATH:$PATH
box=$(dirname "$KUBECONFIG")
k() { kubectl --request-timeout=20s "$@"; }
get() { k get "$@"; }
web() { curl -s -m 20 -H "Host: $1" "http://$SOUK_ENTRY$2"; }
code() { curl -s -m 20 -o /dev/null -w '%{http_code}' -H "Host: $1" "http://$SOUK_ENTRY$2"; }

check "the node is Ready" k wait --for=condition=Ready node/fast --timeout=30s
check "status says that all is well" "$cluster/status" --name $name
check "status --json is JSON" sh -c "'$cluster/status' --name $name --json | python3 -m json.tool"
check "up again changes nothing" timeout 60 "$cluster/up" --name $name --fast
check "soukd is not an administrator" equal "$(kubectl --kubeconfig="$SOUK_KUBECONFIG" auth can-i get secrets -n kube-system 2>/dev/null)" no
check "soukd's token names soukd" equal "$(kubectl --kubeconfig="$SOUK_KUBECONFIG" auth whoami -o 'jsonpath={.status.userInfo.username}')" system:serviceaccount:souk-system:soukd

k create namespace shop >/dev/null
workloads() {
  cat <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: example/web}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: example/db, volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: good}
spec:
  template:
    metadata: {annotations: {souk.dev/test-termination: '{"done":true}'}}
    spec: {restartPolicy: Never, containers: [{name: setup, image: example/setup}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: bad}
spec:
  backoffLimit: 0
  template:
    metadata:
      labels: {souk.dev/test-fault: job-failed}
      annotations: {souk.dev/test-termination: '{"code":"no_database","message":"a \"quoted\" text"}'}
    spec: {restartPolicy: Never, containers: [{name: setup, image: example/setup}]}
---
apiVersion: v1
kind: Pod
metadata: {name: unpullable, labels: {souk.dev/test-fault: image-pull}}
spec: {containers: [{name: web, image: example/absent}]}
---
apiVersion: v1
kind: Pod
metadata: {name: slow, labels: {souk.dev/test-fault: slow}, annotations: {souk.dev/test-delay: 12s}}
spec: {containers: [{name: web, image: example/web}]}
---
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    souk.dev/test-responses: '{"GET /made": {"status": 201, "headers": {"X-Test": "yes"}, "body": {"a": 1}}, "POST /cart?x=1": {"body": "posted"}}'
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: traefik
  rules:
  - host: one.localhost
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
      - {path: /empty, pathType: Prefix, backend: {service: {name: nobody, port: {number: 80}}}}
Y
}
check "objects are accepted" k apply -n shop -f <(workloads)
state() { get pod "$1" -n shop -o "jsonpath={.status.phase}/{.status.containerStatuses[0].state.waiting.reason}"; }
message() { get pods -n shop -l "job-name=$1" -o 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.message}'; }
is_state() { equal "$(state "$1")" "$2"; }
check "a slow pod is being created" within 10 is_state slow Pending/ContainerCreating
check "a Deployment becomes available" k wait -n shop --for=condition=Available deploy/web --timeout=40s
check "a claim is bound" k wait -n shop --for=jsonpath='{.status.phase}'=Bound pvc/data-db-0 --timeout=40s
check "a StatefulSet is ready" k rollout status -n shop sts/db --timeout=40s
check "a Job completes" k wait -n shop --for=condition=Complete job/good --timeout=40s
check "a good Job's termination message" equal "$(message good)" '{"done":true}'
check "a Job fails on order" k wait -n shop --for=condition=Failed job/bad --timeout=40s
check "a failed Job's termination message" equal "$(message bad)" '{"code":"no_database","message":"a \"quoted\" text"}'
check "an image that cannot be pulled" within 30 is_state unpullable Pending/ImagePullBackOff
check "a slow pod runs after its delay" k wait -n shop --for=condition=Ready pod/slow --timeout=40s
check "logs" equal "$(k logs -n shop deploy/web 2>/dev/null | head -1)" "hello from a pod of the fast box"
follow() {
  local code=0
  timeout 60 kubectl logs -f -n shop deploy/web >"$box/follow.txt" 2>&1 &
  within 20 grep -q "hello from a pod" "$box/follow.txt" || code=1
  printf '%s stdout F a later line\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%NZ)" >>"$SOUK_POD_LOG"
  within 20 grep -q "a later line" "$box/follow.txt" || code=1
  kill $!
  return $code
}
check "logs -f sees later lines" follow

check "the Ingress gets an address" k wait -n shop --for=jsonpath='{.status.loadBalancer.ingress[0].ip}'=127.0.0.1 ingress/web --timeout=30s
check "an unknown host is 404" equal "$(code two.localhost /)" 404
check "a known host is a product page" sh -c "curl -s -m 20 -H 'Host: one.localhost' http://$SOUK_ENTRY/ | grep -q product"
check "with port and capitals in Host" equal "$(code ONE.localhost:8080 /x)" 200
check "a service without endpoints is 503" equal "$(code one.localhost /empty/x)" 503
check "an answer on order" equal "$(curl -s -m 20 -i -H 'Host: one.localhost' "http://$SOUK_ENTRY/made" | tr -d '\r' | sed -n '1p;/^X-Test/p;$p' | xargs)" "HTTP/1.1 201 Created X-Test: yes {a: 1}"
check "an answer to a POST with a query" equal "$(curl -s -m 20 -d y -H 'Host: one.localhost' "http://$SOUK_ENTRY/cart?x=1")" posted
k scale -n shop deploy/web --replicas=0 >/dev/null
gone() { equal "$(code one.localhost /)" 503; }
check "no replica left: 503" within 30 gone

check "helm installs a chart" sh -c "cd '$box' && helm create probe >/dev/null && helm install probe ./probe -n shop --wait --timeout 60s"
check "the API server stops" "$cluster/fast-api" stop --name $name
check "an outage is an outage" not kubectl --request-timeout=3s get ns
check "status notices" not "$cluster/status" --name $name
check "the API server starts" timeout 90 "$cluster/fast-api" start --name $name
check "what was there is there" get deploy web -n shop
check "the API server pauses" "$cluster/fast-api" pause --name $name
check "a paused server does not answer" not kubectl --request-timeout=2s get ns
check "the API server resumes" "$cluster/fast-api" resume --name $name
check "and answers" within 60 kubectl --request-timeout=5s get ns
k scale -n shop deploy/web --replicas=1 >/dev/null
check "controllers live on after the outage" k wait -n shop --for=condition=Available deploy/web --timeout=90s
killed "$(cat "$box/pids/etcd.pid")" "$(cat "$box/pids/kwok.pid")" "$(cat "$box/pids/entry.pid")"
check "up repairs what was killed" timeout 90 "$cluster/up" --name $name --fast
check "and nothing is lost" get deploy web -n shop
check "a namespace can be deleted" k delete ns shop --timeout=90s
check "a second box beside it" timeout 90 "$cluster/up" --name $other --fast
check "it is another cluster" not equal "$(kubectl --kubeconfig="$box/../$other/kubeconfig" get ns kube-system -o 'jsonpath={.metadata.uid}')" "$(get ns kube-system -o 'jsonpath={.metadata.uid}')"
check "down" "$cluster/down" --name $name
leftovers() { grep -lzxF "SOUK_BOX=$box" /proc/[0-9]*/environ 2>/dev/null | grep -q .; }
check "down leaves no process" not leftovers
check "down leaves no folder" not test -e "$box"
check "the other box lives" "$cluster/status" --name $other
check "down again is no error" "$cluster/down" --name $name
finish

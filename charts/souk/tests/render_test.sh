#!/usr/bin/env bash
# What charts/souk renders, without a cluster. Needs helm.   Run: charts/souk/tests/render_test.sh
set -euo pipefail
chart=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
failed=0
render() { helm template souk "$chart" --namespace souk-system "$@" 2>&1; }
check() { # what expected-count pattern text
  local found
  found=$(grep -cE -- "$3" <<<"$4" || true)
  if [ "$found" != "$2" ]; then echo "not ok: $1 (found $found times, wanted $2)"; failed=1; else echo "ok: $1"; fi
}
refuses() { # what words arguments...
  local what=$1 words=$2 out; shift 2
  if out=$(render "$@"); then echo "not ok: $what (it rendered)"; failed=1
  elif ! grep -q -- "$words" <<<"$out"; then echo "not ok: $what (it said: $out)"; failed=1
  else echo "ok: $what"; fi
}

plain=$(render)
check "one ServiceAccount by default" 1 '^kind: ServiceAccount$' "$plain"
check "its token is not mounted by default" 1 '^automountServiceAccountToken: false$' "$plain"
check "no annotation of it by default" 0 '^  annotations:' "$(awk '/^kind: ServiceAccount$/{r=1} /^---$/{r=0} r' <<<"$plain")"
annotated=$(awk '/^kind: ServiceAccount$/{r=1} /^---$/{r=0} r' <<<"$(render --set-string 'serviceAccount.annotations.example\.com/role=souk')")
check "its annotations when they are given" 1 '^    example.com/role: souk$' "$annotated"
check "three ClusterRoles" 3 '^kind: ClusterRole$' "$plain"
check "no wildcard in a role" 0 'verbs: .*\*|(apiGroups|resources): \["\*"\]$' "$(awk '/^kind: ClusterRole$/{r=1} /^---$/{r=0} r' <<<"$plain")"
check "no nodes/proxy, exec, token, impersonate or escalate" 0 'nodes/proxy|pods/exec|serviceaccounts/token|impersonate|escalate' "$plain"
worker=$(awk '/^kind: ClusterRole$/{r=1;t=""} r{t=t $0 "\n"} /^---$/{if(t ~ /name: souk-worker\n/) printf "%s", t; r=0; t=""}' <<<"$plain")
check "the worker's role was found" 1 'name: souk-worker$' "$worker"
check "the worker reads no Secrets cluster-wide" 0 'secrets' "$worker"
check "bind is limited by name" 1 'resourceNames: \[store-namespace-admin, store-namespace-reader\]' "$worker"
check "every policy is bound" "$(grep -c '^kind: ValidatingAdmissionPolicy$' <<<"$plain")" '^kind: ValidatingAdmissionPolicyBinding$' "$plain"
check "every policy fails closed" "$(grep -c '^kind: ValidatingAdmissionPolicy$' <<<"$plain")" '^  failurePolicy: Fail$' "$plain"
check "every binding denies" "$(grep -c '^kind: ValidatingAdmissionPolicy$' <<<"$plain")" 'validationActions: \[Deny\]$' "$plain"
check "no separate api identity by default" 0 'soukd-api' "$plain"

split=$(render --set separateApi.enabled=true)
check "a second ServiceAccount for the api" 2 '^kind: ServiceAccount$' "$split"
check "only the worker is bound cluster-wide" 1 '^kind: ClusterRoleBinding$' "$split"
check "the policies know both" 3 "username in \['system:serviceaccount:souk-system:soukd', 'system:serviceaccount:souk-system:soukd-api'\]" "$split"

elsewhere=$(helm template souk "$chart" --namespace platform --set serviceAccount.name=other)
check "names follow namespace and values" 3 "username in \['system:serviceaccount:platform:other'\]" "$elsewhere"

check "the worker reads no kind that nothing needs" 0 'endpointslices' "$worker"
check "the worker watches the fences" 1 'resources: \[resourcequotas, limitranges, serviceaccounts\]' "$worker"
check "store namespaces begin with what soukd calls them" 1 "startsWith\('souk-'\)" "$plain"
refuses "an unknown value" "additional" --set nonsense=1
refuses "a floating Pod Security version" "enforceVersion" --set podSecurity.enforceVersion=latest
refuses "one identity for both roles" "must differ" --set separateApi.enabled=true --set separateApi.serviceAccountName=soukd
exit $failed

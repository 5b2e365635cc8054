# soukd's identity in a box, and the file that tells others where everything is; sourced.
# shellcheck shell=bash

# Rights come from the chart, the same as in production; nothing here may widen them.
make_identity() { # server
  local repo token
  repo=$(cd "$here/.." && pwd)
  k apply --server-side --force-conflicts --field-manager=souk-box -f "$here/lib/soukd.yaml" >>"$box/log/setup.log" 2>&1 || return 1
  if [ -f "$repo/charts/souk/Chart.yaml" ]; then
    (set -o pipefail; helm template souk "$repo/charts/souk" --namespace souk-system |
      k apply --server-side --force-conflicts -f -) >>"$box/log/setup.log" 2>&1 ||
      { tail -n 10 "$box/log/setup.log" >&2; warn "charts/souk could not be applied: soukd has no rights in this box"; }
  else
    warn "there is no charts/souk: soukd has no rights in this box"
  fi
  token=$(k create token soukd -n souk-system --duration=8760h) || return 1
  pki_kubeconfig "$box/soukd.kubeconfig" "$1" "token=$token"
}

write_env() { # further lines come on stdin
  (umask 077; {
    echo "export KUBECONFIG=$box/kubeconfig"
    echo "export SOUK_KUBECONFIG=$box/soukd.kubeconfig"
    echo "export SOUK_HOST_SUFFIX=localhost"
    echo "export SOUK_INGRESS_CLASS=traefik"
    cat
  } >"$box/env.new")
  mv "$box/env.new" "$box/env"
}

# Which cluster the demo uses, and as whom; sourced by tools/run after paths.sh.
#   own       a box of ours
#   identity  SOUK_KUBECONFIG=FILE: soukd's account in a cluster of yours
#   admin     KUBECONFIG: an administrator of a cluster of yours, which answers; soukd gets an account of its own there
# shellcheck shell=bash
# shellcheck disable=SC2154  # of paths.sh

# Sets target. Nothing is made here.
choose_target() {
  if [ -n "${SOUK_KUBECONFIG:-}" ]; then
    [ -r "$SOUK_KUBECONFIG" ] || refuse "SOUK_KUBECONFIG names $SOUK_KUBECONFIG, which cannot be read."
    if [ "$SOUK_KUBECONFIG" -ef "$box_state/soukd.kubeconfig" ]; then target=own; else target=identity; fi
  elif [ -n "${KUBECONFIG:-}" ] && ! [ "$KUBECONFIG" -ef "$box_state/kubeconfig" ]; then
    with_bin kubectl version --client >/dev/null 2>&1 ||
      refuse "KUBECONFIG is set, so Souk would use its cluster: install kubectl and helm for that, or unset KUBECONFIG to get a cluster of Souk's own."
    if with_bin kubectl get --raw /livez --request-timeout=5s >/dev/null 2>&1; then target='admin'
    else target=own; say "the cluster that KUBECONFIG names does not answer: making one of our own"; fi
  else
    target=own
  fi
  if [ "$target" != own ] && ! with_bin helm version >/dev/null 2>&1; then
    refuse "A cluster of yours needs helm on this machine: install helm 4, or 3.13 and newer."
  fi
}

# A command with the programs that came with the cluster.
with_bin() { PATH="${SOUK_BIN_PATH:+$SOUK_BIN_PATH:}$PATH" "$@"; }

# Sets kubeconfig (soukd's), data (what soukd keeps: one folder per cluster), cluster_id.
use_given_cluster() {
  local id server admin
  if [ "$target" = identity ]; then
    kubeconfig=$(realpath "$SOUK_KUBECONFIG")
    read -r cluster_id server < <(tools/demo/cluster_id "$kubeconfig") || refuse "$kubeconfig is not a kubeconfig with a current context."
    say "using the cluster at $server (SOUK_KUBECONFIG); nothing but stores is made there"
    data=$SOUK_STATE/clusters/$cluster_id
    mkdir -p "$data"
  else
    admin=$state/admin.kubeconfig
    (umask 077; with_bin kubectl config view --minify --raw --flatten >"$admin")
    id=$(tools/demo/cluster_id "$admin") || { rm -f "$admin"; refuse "KUBECONFIG names no usable cluster."; }
    read -r cluster_id server <<<"$id"
    say "using the cluster at $server (KUBECONFIG): making soukd's account there (namespace souk-system, charts/souk), then the store"
    data=$SOUK_STATE/clusters/$cluster_id
    make_account "$admin" "$server" || { rm -f "$admin"; exit 1; }
    rm -f "$admin"
    kubeconfig=$data/soukd.kubeconfig
  fi
}

# The account of soukd in a cluster of yours, with the rights of charts/souk: the same steps as for our own boxes.
make_account() ( # administrator's kubeconfig, server
  here=$PWD/cluster box=$data pki=$data/pki admin=$1
  for file in common pki identity; do
    # shellcheck source=/dev/null
    . "$here/lib/$file.sh"
  done
  PATH="${SOUK_BIN_PATH:+$SOUK_BIN_PATH:}$PATH"
  k() { kubectl --kubeconfig="$admin" "$@"; }
  (umask 077; mkdir -p "$pki" "$box/log")
  k config view --raw -o 'jsonpath={.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$pki/ca.crt"
  make_identity "$2" || die "soukd's account could not be made, see $box/log/setup.log"
  [ "$(kubectl --kubeconfig="$box/soukd.kubeconfig" auth can-i create namespaces 2>/dev/null)" = yes ] ||
    die "soukd got no rights in that cluster, see $box/log/setup.log"
)

# Images come from no registry: says which the cluster's nodes must have, and how they get there.
say_images() { # the engine's folder
  echo "    its nodes must have these images, which come from no registry:"
  sed -n '/^images:/,/^[^ #]/s/^  [a-z]*: /      /p' "$1/engine.yaml"
  cat <<TEXT
    tools/images/all $1 builds them (as root, on Debian 12) and prints the archives; on each node: ctr -n k8s.io images import FILE
    (k3d: k3d image import FILE -c CLUSTER; kind: kind load image-archive FILE --name CLUSTER)
TEXT
}

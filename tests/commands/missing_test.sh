#!/usr/bin/env bash
# On a machine that lacks something: one sentence that says what, and nothing else. Stubs only; nothing is installed.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../cluster/lib.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
[ "$(id -u)" = 0 ] || { echo "this test needs root"; exit 1; }

# A copy that anybody may write to: this clone may lie where only root can look.
mkdir "$work/repo" "$work/home"
git ls-files -co --exclude-standard Makefile tools cluster engines tests/run | tar -c --files-from=- | tar -x -C "$work/repo"
chown -R 65534:65534 "$work/repo" "$work/home"

# path NAME PROGRAM...   a folder with every program of this machine but those.
path() {
  local folder=$work/$1 program; shift
  mkdir "$folder"
  for program in /usr/bin/* /usr/sbin/*; do [ -e "$folder/${program##*/}" ] || ln -s "$program" "$folder/"; done
  for program in "$@"; do rm -f "$folder/$program"; done
}
bare=(apt-get dpkg-query go node npm kubectl helm docker k3d kind)
path nothing "${bare[@]}" python3
path debian "${bare[@]:2}"
path tools "${bare[@]:4}"
for program in go node npm; do ln -sf "$(command -v $program)" "$work/tools/$program"; done

# started WHO PATH COMMAND...   sets heard and code; WHO: root or nobody.
started() {
  local who=$1 path=$2 as=(); shift 2
  [ "$who" = root ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  code=0
  heard=$(cd "$work/repo" && env -i HOME="$work/home" PATH="$work/$path" LANG=C.UTF-8 "${environment[@]}" timeout 60 "${as[@]}" "$@" 2>&1 </dev/null) || code=$?
}
environment=(A=b)
# Without make's own line about the exit code.
said() { grep -v '^make\(\[[0-9]*\]\)\?: ' <<<"$heard"; }
one_sentence() { # words...   that are in it
  local word
  equal "$(said | wc -l)" 1 && said | grep -qE '^[A-Z][^:].*\.$' || { echo "not one sentence: $heard"; return 1; }
  ! said | grep -E 'line [0-9]+:|Traceback|not found|unbound' || return 1
  for word in "$@"; do said | grep -qF -- "$word" || { echo "no '$word' in: $heard"; return 1; }; done
}
fails() { # code words...
  equal "$code" "$1" && one_sentence "${@:2}"
}

for command in tools/run "tests/run all"; do
  [ "$command" = tools/run ] && path=nothing || path=debian   # tests/run is Python
  # shellcheck disable=SC2086  # words
  started nobody $path $command
  check "$command as nobody without tools ends with 1 and one sentence" fails 1 "Go 1.26" "Node 20.19" "root (sudo)"
done
for target in run test; do
  started nobody nothing make $target
  check "make $target without Debian, Go, Node, Python and root says so in one sentence" fails 2 "Go 1.26" "Node 20.19" "Debian 12" "buildah" "root (sudo)"
  started root debian make $target
  check "make $target without Go and Node names them" fails 2 "Go 1.26 or newer (found: none)" "Node 20.19 or newer with npm (found: none)"
  started nobody tools make $target
  check "make $target without root says so" fails 2 "root (sudo)"
done
started nobody nothing make build
check "make build without Debian names the packages" fails 2 "Debian 12" "ninja-build"

environment=(SOUK_KUBECONFIG="$work/nowhere")
started nobody tools tools/run
check "SOUK_KUBECONFIG that is not there is named" fails 1 "SOUK_KUBECONFIG" "$work/nowhere"
touch "$work/config"
environment=(SOUK_KUBECONFIG="$work/config")
started nobody tools tools/run
check "a cluster of the user's without helm: install helm" fails 1 "install helm"
environment=(KUBECONFIG="$work/config")
started nobody tools tools/run
check "KUBECONFIG without kubectl: install kubectl and helm, or unset it" fails 1 "install kubectl and helm" "unset KUBECONFIG"
environment=(DEMO_ENGINE=nonsense)
started nobody tools tools/run
check "an engine that is not there: those that are" fails 1 "$(cd engines && echo */engine.yaml | sed 's|/engine.yaml||g')" medusa
environment=(A=b)

# --- Debian packages: all at once, before anything runs beside anything
cat >"$work/apt-get" <<'STUB'
#!/bin/bash
echo "$*" >>"$APT_LOG"
if [[ $* == *update* && $(grep -c update "$APT_LOG") -lt ${APT_LOCKED:-0} ]]; then
  echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt-get)" >&2
  exit 100
fi
[ -z "${APT_BROKEN:-}" ] || { echo "E: Unable to fetch some archives" >&2; exit 100; }
STUB
printf '#!/bin/sh\n' >"$work/no-sleep"
rm -f "$work/tools/dpkg-query" "$work/tools/apt-get" "$work/tools/sleep"
printf '#!/bin/sh\nexit 1\n' >"$work/tools/dpkg-query"
mv "$work/apt-get" "$work/tools/apt-get"
mv "$work/no-sleep" "$work/tools/sleep"
chmod +x "$work/tools/dpkg-query" "$work/tools/apt-get" "$work/tools/sleep"
printf 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' >"$work/debian-12"
printf 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n' >"$work/debian-13"
printf 'ID=ubuntu\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu 24.04 LTS"\n' >"$work/ubuntu"
apt() { # name variables...
  export APT_LOG=$work/$1.log
  environment=(APT_LOG="$APT_LOG" SOUK_OS_RELEASE="$work/debian-12" "${@:2}")
}
count() { equal "$(grep -c "$1" "$APT_LOG")" "$2"; }
installs() { local word; for word in "$@"; do grep -E '\binstall\b' "$APT_LOG" | grep -qw -- "$word" || { echo "$word is not installed"; return 1; }; done; }

apt whole
started root tools tools/setup test
check "setup works" equal "$code" 0
check "one update" count update 1
check "one install" count ' install ' 1
check "of what the builds, the boxes, the images and the browser tests need" installs ninja-build runc bpftool buildah mmdebstrap zstd debian-archive-keyring chromium chromium-headless-shell
check "which waits for the lock of another" count 'Lock::Timeout=300 install' 1
apt locked APT_LOCKED=3
started root tools tools/setup test
check "a lock of the package lists is waited for" equal "$code" 0
check "by trying again" count update 3
apt broken APT_BROKEN=yes
started root tools tools/setup
check "a failure ends it" equal "$code" 1
check "without trying again" count update 1
check "and shows apt's own words" grep -q "Unable to fetch" <<<"$heard"
for system in debian-13 ubuntu; do
  apt "on-$system" SOUK_OS_RELEASE="$work/$system"
  started root tools tools/setup
  check "$system without the packages is told what is supported" fails 1 "Debian 12 (found: $(. "$work/$system" && echo "$PRETTY_NAME"))" ninja-build
  check "and its apt is not asked" not test -e "$APT_LOG"
done
apt images
environment+=(SOUK_CACHE="$work/cache")
rm -f "$work/tools/mmdebstrap"
started root tools bash -c '. tools/images/lib.sh; images_require'
check "the images' scripts install what they need by themselves" installs mmdebstrap
check "and nothing else" equal "$(grep -c ninja-build "$APT_LOG")" 0
environment=(A=b)

# --- make help
targets() { sed -n 's/^\.PHONY: //p' Makefile | tr ' ' '\n' | sort; }
check "make help lists every target" equal "$(make --no-print-directory help | awk '{print $1}' | sort | xargs)" "$(targets | xargs)"

# --- kind and k3d, where they are there with Docker
for tool in kind k3d; do
  mkdir "$work/$tool"
  printf '#!/bin/sh\necho "%s $*" >>%s/calls\nexit 1\n' $tool "$work" >"$work/$tool/$tool"
  printf '#!/bin/sh\n' >"$work/$tool/docker"
  chmod +x "$work/$tool"/*
  export SOUK_STATE=$work/state-$tool
  PATH=$work/$tool:$PATH cluster/up --name stub >"$work/up.log" 2>&1
  check "cluster/up asks $tool for a cluster" grep -qE "^$tool (create cluster --name|cluster create) souk-stub" "$work/calls"
  check "and a box of $tool stays one" equal "$(cat "$SOUK_STATE/boxes/stub/kind")" $tool
  rm -rf "$SOUK_STATE"
done
finish

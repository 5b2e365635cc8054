# shellcheck shell=bash
# Builds container images without a registry and without a daemon. Source it; it defines functions only.
#
# An image is a folder with a file `recipe`, which sets and defines:
#
#   version=17.6                    # shown in the tag; what is inside decides the rest
#   inputs=(path ...)               # optional: more files or folders the image is made of (absolute); the recipe's folder always counts
#   from=FOLDER                     # optional: another recipe's folder; its image is the base instead of Debian
#   needs=(FOLDER ...)              # optional: more recipes this one is made with; their content counts too
#   build() { ... }                 # fills the container with the image_* helpers below
#
# What an engine's `images/build` calls:
#
#   images_reference FOLDER         prints localhost/souk/<name>:<version>-<first 8 hex of the hash of the inputs>, so a changed image
#                                   always has a new tag and an unchanged one always the old. <name>: variable `name` of the
#                                   recipe, else the folder's name
#   images_archive FOLDER           builds the image unless the cache has it; prints the path of its OCI archive
#   images_container FOLDER         prints a new working container made from the image (buildah); for builds that run other images
#
# What a recipe's `build` calls (all act on the working container `$container`):
#
#   image_run COMMAND...            runs as root inside
#   image_apt PACKAGE...            installs Debian packages, leaves no lists, caches or logs
#   image_unpack [-d] PACKAGE...    unpacks Debian packages without their dependencies and scripts; -d: installs the lib* they depend on
#   image_user NAME UID             adds a user and a group without password, home or shell
#   image_copy SOURCE... TARGET     copies into the image; owner root, readable by all
#   image_root                      prints where the file system of the container is mounted
#   image_config FLAGS...           `buildah config` flags: --user 999:999, --entrypoint '["/x"]', --env A=B, --workingdir, --label
#
# And for everything else:
#
#   images_stage NAME KEY FUNCTION  a cached folder: calls FUNCTION DIR when there is none for this KEY, then prints its path
#   images_hash PATH...             hash of files and folders (names, modes, contents; what git ignores does not count)
#
# Settings (environment):
#   SOUK_CACHE                cache folder; images are under its images/
#   SOUK_IMAGE_BASE           use this image from a registry as base, by digest (debian@sha256:...), instead of building one
#   SOUK_IMAGE_DEBIAN_MIRROR  where the base's packages come from, if not Debian's usual place

images_tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
images_cache=${SOUK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/souk}/images

# Runs buildah on a storage of our own, so that nothing of the user's is touched.
images_buildah() {
  BUILDAH_ISOLATION=chroot command buildah --root "$images_cache/storage" --runroot "$images_cache/run" "$@"
}

images_say() { printf '%s\n' "$*" >&2; }

images_packages="buildah mmdebstrap zstd debian-archive-keyring"

# Stops with one sentence unless all tools are here; installs them where that needs no question (tools/setup has done so before `make run`).
images_require() {
  local missing='' tool
  for tool in buildah mmdebstrap zstd; do
    command -v $tool >/dev/null || missing+=" $tool"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    images_say "installing$missing"
    # shellcheck source=../apt.sh
    . "$images_tools/../apt.sh"
    # shellcheck disable=SC2086  # a list
    apt_install $images_packages >&2 && return 0
  fi
  images_say "Images need$missing: install these packages, then run this again as root."
  return 1
}

images_hash() {
  local path
  for path in "$@"; do
    if [ -d "$path" ]; then
      (cd "$path" && images_files | LC_ALL=C sort | while IFS= read -r file; do
        [ -x "$file" ] && printf 'x ' || printf '%s ' -
        sha256sum "$file"
      done)
    else
      sha256sum < "$path"
    fi
  done | sha256sum | cut -c1-64
}

# The files of the current folder that belong to the repository, whether committed yet or not.
images_files() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard --deduplicate | while IFS= read -r file; do
      [ -f "$file" ] && printf '%s\n' "$file"
    done
  else
    find . \( -name node_modules -o -name dist -o -name .git -o -name .medusa \) -prune -o -type f -print | sed 's|^\./||'
  fi
}

# Reads a recipe into: name version inputs from needs build. Always in a subshell of the caller.
images_recipe() {
  folder=$(cd "$1" && pwd) || return 1
  name=$(basename "$folder") version='' inputs=() needs=() from=''
  # shellcheck source=/dev/null
  source "$folder/recipe"
  [ -n "$version" ] || { images_say "$folder/recipe sets no version"; return 1; }
}

# What is in the repository decides the tag. lib.sh itself is left out: a change of the builder is not a change of the image.
images_key() (
  set -euo pipefail
  images_recipe "$1"
  { images_hash "$folder" ${inputs[@]+"${inputs[@]}"}; for other in ${from:+"$from"} ${needs[@]+"${needs[@]}"}; do images_key "$other"; done; } |
    sha256sum | cut -c1-64
)

images_reference() (
  set -euo pipefail
  images_recipe "$1"
  key=$(images_key "$1")
  printf 'localhost/souk/%s:%s-%s\n' "$name" "$version" "${key:0:8}"
)

# Two builds on one machine take turns.
images_lock() {
  mkdir -p "$images_cache"
  exec {images_lock_fd}> "$images_cache/lock"
  flock "$images_lock_fd"
}

# Prints the name of the base image in our storage; builds or pulls it first.
images_base() {
  local key base
  if [ -n "${SOUK_IMAGE_BASE:-}" ]; then
    case $SOUK_IMAGE_BASE in *@sha256:*) ;; *) images_say "SOUK_IMAGE_BASE must name a digest (debian@sha256:...)"; return 1 ;; esac
    images_buildah pull --quiet "$SOUK_IMAGE_BASE" >/dev/null && printf '%s\n' "$SOUK_IMAGE_BASE"
    return
  fi
  key=$(images_hash "$images_tools/base"); key=${key:0:16}
  base=localhost/souk/base:$key
  if ! images_buildah inspect --type image "$base" >/dev/null 2>&1; then
    if [ ! -f "$images_cache/base-$key.tar" ]; then
      images_say "building the base, Debian trixie (about a minute)"
      "$images_tools/base" "$images_cache/base-$key.tmp" >&2
      mv "$images_cache/base-$key.tmp" "$images_cache/base-$key.tar"
    fi
    local container
    container=$(images_buildah from scratch)
    images_buildah add --quiet "$container" "$images_cache/base-$key.tar" / >/dev/null
    images_buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --env LANG=C.UTF-8 "$container"
    images_buildah commit --quiet --timestamp 0 --rm "$container" "$base" >/dev/null
  fi
  printf '%s\n' "$base"
}

images_archive() {
  local archive
  archive=$(images_archive_path "$1") || return 1
  # A process of its own: inside `if`, `||` and the like bash ignores `set -e`, and a failed step of a recipe must never be passed over.
  [ -f "$archive" ] || bash -c 'set -euo pipefail; shopt -s inherit_errexit; source "$0"; images_make "$@"' \
    "$images_tools/lib.sh" "$1" "$archive" >&2 < /dev/null || return 1
  printf '%s\n' "$archive"
}

images_archive_path() (
  set -euo pipefail
  images_recipe "$1"
  content=$(printf '%s %s %s' "$(images_key "$1")" "${SOUK_IMAGE_BASE:-$(images_hash "$images_tools/base")}" "$(uname -m)" | sha256sum)
  printf '%s/archives/%s-%s-%s.tar\n' "$images_cache" "$name" "$version" "${content:0:16}"
)

# Builds FOLDER's image into the file ARCHIVE. Runs in a process of its own (images_archive).
images_make() {
  local archive=$2
  images_require
  mkdir -p "$images_cache/archives"
  reference=$(images_reference "$1")
  images_recipe "$1"
  images_say "building $reference"
  if [ -n "$from" ]; then
    container=$(images_container "$from")
  else
    base=$(images_base)
    container=$(images_buildah from "$base")
  fi
  trap 'images_buildah rm "$container" >/dev/null 2>&1 || true' EXIT
  build
  image_tidy
  images_buildah commit --quiet --timestamp 0 "$container" "$reference" >/dev/null
  rm -f "$archive".[0-9]*
  images_buildah push --quiet "$reference" "oci-archive:$archive.$$:$reference"
  mv "$archive.$$" "$archive"
  images_say "built $reference: $(du -h "$archive" | cut -f1), $SECONDS s"
}

images_container() {
  local reference
  images_archive "$1" >/dev/null || return 1
  reference=$(images_reference "$1")
  # The archive may be there while the storage is not (a restored cache).
  images_buildah inspect --type image "$reference" >/dev/null 2>&1 ||
    images_buildah pull --quiet "oci-archive:$(images_archive "$1"):$reference" >/dev/null || return 1
  images_buildah from "$reference"
}

images_stage() {
  # Long names: the function called sees the caller's variables, and must not see these instead.
  local images_stage_path=$images_cache/stages/$1-${2:0:16}
  if [ ! -d "$images_stage_path" ]; then
    mkdir -p "$images_cache/stages"
    rm -rf "$images_stage_path".[0-9]*
    mkdir "$images_stage_path.$$"
    "$3" "$images_stage_path.$$" >&2
    mv "$images_stage_path.$$" "$images_stage_path"
  fi
  printf '%s\n' "$images_stage_path"
}

image_run() { images_buildah run --user 0 "$container" -- "$@"; }
image_root() { images_buildah mount "$container"; }
image_config() { images_buildah config "$@" "$container"; }

image_apt() {
  # Services must not start inside a build.
  image_run sh -c '
    set -e
    printf "#!/bin/sh\nexit 101\n" > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null
    rm -f /usr/sbin/policy-rc.d' image_apt "$@"
}

image_unpack() {
  image_run sh -c '
    set -e
    libraries=
    if [ "$1" = -d ]; then libraries=yes; shift; fi
    apt-get update -qq
    mkdir /tmp/unpack && cd /tmp/unpack && chmod 777 .
    apt-get download -qq "$@"
    if [ -n "$libraries" ]; then
      wanted=$(for deb in *.deb; do dpkg-deb -f "$deb" Depends | tr , "\n" | sed "s/^ *//; s/[ (|:].*//"; done |
        grep -E "^(lib|tzdata)" | grep -v -E "^lib(llvm|perl|common-sense|json-perl|ipc)" | sort -u)
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted > /dev/null
    fi
    for deb in *.deb; do dpkg-deb -x "$deb" /; done
    rm -rf /tmp/unpack' image_unpack "$@"
}

image_user() {
  image_run sh -c 'echo "$1:x:$2:$2::/nonexistent:/usr/sbin/nologin" >> /etc/passwd; echo "$1:x:$2:" >> /etc/group' image_user "$1" "$2"
}

image_copy() {
  local target=${*: -1}
  images_buildah copy --quiet --chown 0:0 "$container" "${@:1:$#-1}" "$target" >/dev/null
}

# What no image needs at run time.
image_tidy() {
  image_run sh -c '
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/cache/ldconfig/* /var/log/* /tmp/* /usr/share/lintian \
      /usr/share/man /usr/share/info /usr/share/locale /var/lib/dpkg/*-old'
}

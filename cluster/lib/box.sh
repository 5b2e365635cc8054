# A box's name, folder, lock and ports; sourced.
# shellcheck shell=bash

# parse_name "$@" sets name, box and rest (what is left of the arguments).
parse_name() {
  name=souk rest=()
  while [ $# -gt 0 ]; do
    case $1 in
      --name) [ $# -ge 2 ] || die "--name needs a name"; name=$2; shift 2 ;;
      --name=*) name=${1#--name=}; shift ;;
      -h|--help) awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; exit 0 ;;
      *) rest+=("$1"); shift ;;
    esac
  done
  [[ $name =~ ^[a-z0-9][a-z0-9-]{0,29}$ ]] || die "a box's name has up to 30 small letters, digits and hyphens: '$name' has not"
  box=$SOUK_STATE/boxes/$name
}

box_kind() { cat "$box/kind" 2>/dev/null || true; }

# One up or down at a time for a name. Children must not inherit fd 9, or the lock would live as long as they.
lock_box() {
  mkdir -p "$SOUK_STATE/boxes"
  chmod 700 "$SOUK_STATE/boxes"
  lock=$SOUK_STATE/boxes/.$name.lock
  while :; do
    exec 9>"$lock"
    flock -w 900 9 || die "another up or down of '$name' did not end within 15 minutes"
    [ ! "$lock" -ef "/proc/$$/fd/9" ] || break     # else a down removed the file while we waited for it
  done
}

port_free() { # nobody listens on 127.0.0.1 there, and no box has taken note of it
  ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null &&
    ! grep -qsE "^[a-z_]+=$1\$" "$SOUK_STATE"/boxes/*/ports
}

# pick_ports name...   Chosen once, kept in $box/ports, below the range that the kernel gives to clients.
# A name may carry a wish: public=8080.
pick_ports() {
  local want key port
  touch "$box/ports"
  {
    flock -w 60 8 || die "could not get the lock of the port list"
    for want in "$@"; do
      key=${want%%=*}
      grep -q "^$key=" "$box/ports" && continue
      port=${want#"$key"}; port=${port#=}
      if [ -z "$port" ]; then port=$((20000 + (RANDOM % 1000) * 10)); fi
      until port_free "$port"; do port=$((port + 1)); done
      echo "$key=$port" >>"$box/ports"
    done
  } 8>"$SOUK_STATE/boxes/.ports.lock"
  # shellcheck source=/dev/null
  . "$box/ports"
}

# While the box was down somebody else may have taken one of its ports: forget such a port, pick_ports finds another.
drop_taken_ports() {
  local key port kept=""
  [ -s "$box/ports" ] || return 0
  while IFS='=' read -r key port; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then warn "port $port is taken by another program, the box gets a new one for '$key'"
    else kept+="$key=$port"$'\n'; fi
  done <"$box/ports"
  printf %s "$kept" >"$box/ports"
}

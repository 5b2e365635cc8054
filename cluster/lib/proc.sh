# Long-running processes of a box; sourced. $box is the box's state folder, $pids where the pids are noted.
# shellcheck shell=bash

# A pid alone may belong to somebody else after a while: start time and boot make it one process for ever.
boot_id() { cat /proc/sys/kernel/random/boot_id; }
start_time() { # pid
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }                     # the program's name may hold blanks
  # shellcheck disable=SC2086
  set -- $stat
  [ "$1" != Z ] || return 1             # a zombie is dead
  echo "${20}"
}

remember_pid() { # name pid
  mkdir -p "${pids:-$box/pids}"
  echo "$2 $(start_time "$2") $(boot_id)" >"${pids:-$box/pids}/$1"
  echo "$2" >"${pids:-$box/pids}/$1.pid"
}

proc_pid() { # name -> the pid, if it lives
  local pid started boot
  read -r pid started boot 2>/dev/null <"${pids:-$box/pids}/$1" || return 1
  [ "$boot" = "$(boot_id)" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
  echo "$pid"
}

# proc_start name command...   Starts it unless it lives, without the files that the caller has open (locks, pipes).
# SOUK_BOX in its environment lets `down` find every descendant.
proc_start() {
  local name=$1; shift
  proc_pid "$name" >/dev/null && return 0
  mkdir -p "$box/log"
  SOUK_BOX=$box setsid "$@" >>"$box/log/$name.log" 2>&1 </dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
  remember_pid "$name" $!
}

proc_stop() { # name [signal]
  local pid
  pid=$(proc_pid "$1") || return 0
  kill "-${2:-KILL}" "$pid" 2>/dev/null || true
  kill -CONT "$pid" 2>/dev/null || true
  wait_for 20 "$1 to end" "" proc_gone "$1" || kill -KILL "$pid"
}
proc_gone() { ! proc_pid "$1" >/dev/null; }

box_pids() { # every process that belongs to this box
  local file
  for file in /proc/[0-9]*/environ; do
    # shellcheck disable=SC2094
    if grep -qzxF "SOUK_BOX=$box" "$file" 2>/dev/null; then file=${file#/proc/}; echo "${file%/environ}"; fi
  done
}
box_empty() { [ -z "$(box_pids)" ]; }

kill_box() {
  local pids
  pids=$(box_pids | xargs)
  # shellcheck disable=SC2086
  [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || true
  wait_for 20 "the processes of the box to end" "" box_empty
}

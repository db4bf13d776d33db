# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the programs of this folder share, read by them with `.`: where things lie, and how they speak.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(dirname "$here")
work=$top/build/kernel # all that is fetched and built
# The source as Debian has it; the other trees are hard links to it.
# shellcheck disable=SC2034
pristine=$work/pristine
program=${0##*/}

say() {
  printf '%s: %s\n' "$program" "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# The comment at the top of the program.
help() {
  sed -n '3,/^set/s/^# \{0,1\}//p' "$0"
}

# "2 min 13 s" since $1, a value of $SECONDS.
time_since() {
  local seconds=$((SECONDS - $1))
  if [ "$seconds" -lt 60 ]; then
    echo "$seconds s"
  else
    echo "$((seconds / 60)) min $((seconds % 60)) s"
  fi
}

# One at a time: everything that changes $work holds this lock until it ends.
lock_work() {
  mkdir -p "$work"
  exec 9>"$work/lock"
  flock --nonblock 9 || {
    say "waits for another one that works in $work"
    flock 9
  }
}

# SPDX-License-Identifier: LGPL-2.1-or-later
# Shell functions for the commands that the agent runs. (bash)

# until_true SECONDS CONDITION: waits until the condition succeeds; fails when it does not in time. Goes
# by the time since boot: the clock is one of the things that scenes change.
until_true() {
  local now end
  read -r now _ </proc/uptime
  end=$((${now%.*} + $1))
  until eval "$2" >/dev/null 2>&1; do
    read -r now _ </proc/uptime
    ((${now%.*} < end)) || return 1
    sleep 0.1
  done
}

events_since() {
  keventctl log --since "$1" --json
}

# mark NUMBER: an event that nothing but this function causes, after everything that udevd has still to
# do. Whoever finds it in the log has all events from before it.
mark() {
  udevadm settle
  echo "change 00000000-0000-4000-8000-000000000000 MARK=$1" >/sys/devices/virtual/mem/null/uevent
}

# take_events SINCE COUNT NUMBER SECONDS: prints the events after SINCE, as soon as there are COUNT of
# them or the time is over, up to the mark with this number.
take_events() {
  until_true "$4" "((\$(events_since $1 | wc -l) + 1 >= $2))" || true # the mark is one
  mark "$3"
  until_true 60 "events_since $1 | grep -q '\"SYNTH_ARG_MARK\":\"$3\"'" || echo "no mark $3" >&2
  events_since "$1"
}

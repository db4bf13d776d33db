# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The kernel's own build, out of tree; read with `.` after common.sh.
#
# Objects lie in a folder directly below their source tree. There make names the source `..`, so the
# command lines of two trees are the same, and ccache takes an object of one for the other.

# So that the same source gives the same kernel, whoever builds it and when.
export KBUILD_BUILD_TIMESTAMP='Thu Jan  1 00:00:00 UTC 1970'
export KBUILD_BUILD_USER=kevent KBUILD_BUILD_HOST=kevent KBUILD_BUILD_VERSION=1
export CCACHE_NOHASHDIR=1
export LC_ALL=C LANG=C LC_CTYPE=C LC_MESSAGES=C # the kernel's Makefile drops LC_ALL

# kernel_make OBJECTS ARGUMENT...: make, for the tree around the folder OBJECTS.
kernel_make() {
  local objects=$1 cache=
  shift
  command -v ccache >/dev/null && cache='ccache '
  make --no-print-directory -C "$(dirname "$objects")" O="${objects##*/}" ARCH="${ARCH:-um}" \
    CC="${cache}gcc" HOSTCC="${cache}gcc" -j"$(nproc)" "$@" </dev/null
}

# The option lines of fragments, the last one of each option, as they stand in a .config.
options_of() {
  sed -n 's/^# \(CONFIG_[A-Z0-9_]*\) is not set$/\1 # \1 is not set/p
          s/^\(CONFIG_[A-Z0-9_]*\)=\(.*\)$/\1 \1=\2/p' "$@" |
    awk '{ name = $1; sub(/^[^ ]* /, ""); last[name] = $0 } END { for (name in last) print last[name] }' |
    sort
}

# Prints the lines of the option list $1 that do not hold in the .config $2. An option that does not
# exist is not set.
options_missing() {
  local line name
  while IFS= read -r line; do
    case $line in
      '#'*)
        name=${line#\# }
        ! grep -q "^${name% is not set}=" "$2" || echo "$line"
        ;;
      *) grep -qxF "$line" "$2" || echo "$line" ;;
    esac
  done <"$1"
}

# configure OBJECTS FRAGMENT...: OBJECTS/.config from the fragments, for the last one wins, and the
# defaults. Fails, naming them, when an option asked for is not what it came to: `make olddefconfig`
# drops in silence what it can't set. An unchanged configuration is not touched.
configure() {
  local objects=$1 missing
  shift
  mkdir -p "$objects"
  options_of "$@" >"$objects/asked"
  cp "$objects/asked" "$objects/.config.new"
  KCONFIG_CONFIG=.config.new kernel_make "$objects" olddefconfig >"$objects/configure.log" 2>&1 || {
    tail -n 20 "$objects/configure.log" >&2
    return 1
  }
  missing=$(options_missing "$objects/asked" "$objects/.config.new")
  if [ -n "$missing" ]; then
    say "the configuration does not take (a dependency is missing, or the option does not exist):"
    printf '%s\n' "$missing" >&2
    return 1
  fi
  cmp -s "$objects/.config.new" "$objects/.config" || cp "$objects/.config.new" "$objects/.config"
  rm -f "$objects/.config.new" "$objects/.config.new.old"
}

# The errors of a log of make, with what follows each; else its tail.
show_errors() {
  grep -E -A6 '(error|Error [0-9]+|undefined reference|\*\*\*)' "$1" | head -n 40 >&2 || tail -n 30 "$1" >&2
}

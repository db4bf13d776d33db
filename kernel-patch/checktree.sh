# shellcheck shell=bash disable=SC2034,SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# The tree in which kernel-patch/check goes from the pristine source to the last patch, and the
# folders of objects in it; read with `.` after tree.sh, kbuild.sh and findings.sh. The caller sets
# $patches and $whole.
#
#   on, off          User Mode Linux with what the series adds so far, and with the option off
#   off-lines        the same as off, but no object knows its line numbers
#   x86-on, ...      the same for x86_64, for the files that User Mode Linux does not have

tree=$work/check
state=$tree.state
x86_source=drivers/thermal/intel/therm_throt.c
x86_object=${x86_source%.c}.o

# The options of patched.config that the tree has so far.
options_there() {
  local option
  [ -s "$state/kconfigs" ] || return 0
  sed -n 's/^CONFIG_\([A-Z0-9_]*\)=.*/\1/p' "$here/patched.config" | while IFS= read -r option; do
    ! (cd "$tree" && xargs -a "$state/kconfigs" grep -qsE "^(menu)?config $option\$") || echo "$option"
  done
}

# go_to NUMBER: makes the tree the source with that many patches. Sets $has_option.
go_to() {
  prepare_tree "$tree" "${patches[@]:0:$1}" || return 1
  files_of "${patches[@]}" >"$state/files"
  grep -E '(^|/)Kconfig[^/]*$' "$state/files" >"$state/kconfigs" || true
  options_there >"$state/options"
  sed 's/.*/CONFIG_&=y/' "$state/options" | sort >"$state/on.config"
  : >"$state/off.config"
  has_option=no
  if grep -qx KERNEL_EVENTS "$state/options"; then
    has_option=yes
    echo '# CONFIG_KERNEL_EVENTS is not set' >"$state/off.config"
  fi
}

# Not again while the fragments, and the Kconfig files that the series touches, are the same.
configure_once() {
  local objects=$1 key
  shift
  key=$({ cat "$@"; (cd "$tree" && xargs -r -a "$state/kconfigs" cat 2>/dev/null); } | sha256sum)
  [ ! -e "$objects/.config" ] || [ "$key" != "$(cat "$objects/configured" 2>/dev/null)" ] || return 0
  configure "$objects" "$@" && echo "$key" >"$objects/configured"
}

# make_in FOLDER ARGUMENT...: configures and makes. Prints what went wrong, if anything; all that
# make said is in $state/FOLDER.log.
make_in() {
  local folder=$1 objects=$tree/$1 log=$state/$1.log ARCH=um fragments=("$here/uml.config") kind
  shift
  [[ $folder != x86-* ]] || ARCH=x86 fragments=("$here/x86.config")
  kind=${folder#x86-}
  fragments+=("$state/${kind%-lines}.config")
  [[ $kind != *-lines ]] || set -- KCFLAGS='-D__LINE__=1 -Wno-builtin-macro-redefined' "$@"
  : >"$log"
  configure_once "$objects" "${fragments[@]}" 2>&1 || return 0
  kernel_make "$objects" "$@" >"$log" 2>&1 || show_errors "$log" 2>&1
}

# compile FOLDER: every object, without the link, which would also find symbols that are missing.
compile() {
  local errors
  errors=$(make_in "$1" .)
  if [ -n "$errors" ]; then
    echo "$errors"
  elif [ -e "$state/base.undefined" ]; then
    undefined_in "$tree/$1" | comm -13 "$state/base.undefined" - | excepted undefined |
      sed 's/$/: no object defines it/'
  fi
}

# warnings_of FOLDER OBJECT...: what gcc with W=1, sparse and kernel-doc say. (The next make without
# W=1 compiles the objects again, so does ccache.)
warnings_of() {
  local folder=$1
  shift
  [ $# -gt 0 ] || return 0
  make_in "$folder" W=1 C=2 "$@"
  warnings_in <"$state/$folder.log"
}

# objects_of FOLDER: the objects there of the sources on standard input.
objects_of() {
  local file
  while IFS= read -r file; do
    [[ $file != *.c ]] || [ ! -e "$tree/$1/${file%.c}.o" ] || echo "${file%.c}.o"
  done
}

# The objects in the folder $1 that a compiler made.
compiled_in() {
  (cd "$tree/$1" && find . -name '.*.o.cmd' -not -path './tools/*' -not -path './scripts/*' \
    -exec grep -lE '^savedcmd_[^ ]* := (ccache )?gcc ' {} +) |
    sed -E 's|^\./||; s|\.([^/]*\.o)\.cmd$|\1|' | sort
}

# Makes, with the option off, the objects that are compared, and lists them in $1.
compile_without_lines() {
  if [ "$whole" = yes ]; then
    make_in off-lines .
    compiled_in off-lines >"$1"
  else
    objects_of off <"$state/files" >"$1"
    # shellcheck disable=SC2046 # one object a word
    [ ! -s "$1" ] || make_in off-lines $(cat "$1")
  fi
  ! grep -qx "$x86_source" "$state/files" || make_in x86-off-lines "$x86_object"
}

# What the series is compared with, kept in $state/base.*: the pristine source's warnings, undefined
# symbols and objects. Made again when the source, a configuration or the set of files is another.
make_base() {
  local key started=$SECONDS errors headers
  [ -e "$state/pristine" ] || prepare_tree "$tree"
  files_of "${patches[@]}" >"$state/files"
  key=$(cat "$pristine.stamp" "$here/uml.config" "$here/x86.config" "$state/files" - <<<"$whole" |
    sha256sum)
  [ "$key" != "$(cat "$state/base.key" 2>/dev/null)" ] || return 0
  rm -rf "$state"/base.*
  say "compiles the pristine source, to compare with"
  go_to 0
  errors=$(compile off)
  [ -z "$errors" ] || { echo "$errors" >&2; fail "the pristine source does not build"; }
  undefined_in "$tree/off" >"$state/undefined"
  mapfile -t headers < <(grep '\.h$' "$state/files")
  # shellcheck disable=SC2046 # one object a word
  warnings_of off $(objects_of off <"$state/files") >"$state/base.warnings"
  header_warnings "$tree" "${headers[@]}" >>"$state/base.warnings"
  ! grep -qx "$x86_source" "$state/files" ||
    warnings_of x86-off "$x86_object" >>"$state/base.warnings"
  errors=$(compile_without_lines "$state/base.objects")
  [ -z "$errors" ] || { echo "$errors" >&2; fail "the pristine source does not build without lines"; }
  mkdir -p "$state/base.off-lines"
  (cd "$tree/off-lines" && xargs -r -a "$state/base.objects" cp --parents -t "$state/base.off-lines")
  [ ! -e "$tree/x86-off-lines/$x86_object" ] ||
    (cd "$tree/x86-off-lines" && cp --parents -t "$state/base.off-lines" "$x86_object")
  mv "$state/undefined" "$state/base.undefined"
  echo "$key" >"$state/base.key"
  say "the pristine source: done ($(time_since "$started"))"
}

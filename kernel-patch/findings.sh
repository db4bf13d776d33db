# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# What kernel-patch/check looks for: each function prints findings, one a line, and nothing when all
# is well. Read with `.` after common.sh.

# excepted KIND: keeps from standard input what check.ignore does not except for KIND.
excepted() {
  local patterns
  patterns=$(sed -n "s/^$1  *\([^#]*[^# ]\) *#.*/\1/p" "$here/check.ignore")
  if [ -n "$patterns" ]; then
    grep -vF -e "$patterns" || true
  else
    cat
  fi
}

# What checkpatch.pl says of the patch $1. (Where there is a .git it wants to run spdxcheck.py, which
# wants the kernel's own.)
checkpatch_findings() {
  (
    cd "$work" || exit
    "$pristine/scripts/checkpatch.pl" --root="$pristine" --strict --terse --showfile --show-types \
      --no-summary "$1" 2>&1 || true
  ) | excepted checkpatch
}

# The warnings in the output of compilers on standard input, as FILE: TEXT, without line numbers,
# which move.
warnings_in() {
  sed -nE 's/^(\.\.\/)*([^ :]+):[0-9]+(:[0-9]+)?: ((warning|error): .*)/\2: \4/p' | sort
}

# What kernel-doc says of headers of the tree $1. (Of a source file `make W=1` says it.)
header_warnings() {
  local tree=$1 header
  shift
  for header; do
    [ ! -e "$tree/$header" ] || "$tree/scripts/kernel-doc" -none "$tree/$header" 2>&1 || true
  done | sed "s|^$tree/||" | warnings_in
}

# new_warnings BEFORE NOW: the lines of NOW that BEFORE does not have as often. What is said of a
# header comes once for each object that includes it: there it only counts whether it is said.
new_warnings() {
  awk '
    NR == FNR { had[$0]++; next }
    /^[^ ]*\.h: / { if (!($0 in had) && !told[$0]++) print; next }
    ++have[$0] > had[$0]
  ' "$1" "$2" | excepted warning
}

# The symbols that the objects below $1 use and none of them defines. (User Mode Linux has some from
# the C library and its linker script, so this is compared too.)
undefined_in() {
  { cd "$1" && nm built-in.a lib/lib.a 2>/dev/null; } | awk '
    $1 == "U" { used[$2] }
    NF == 3 { defined[$3] }
    END { for (name in used) if (!(name in defined)) print name }
  ' | sort
}

# Code, data and references of an object, without the numbers by which the compiler tells names
# apart: these move with every name before them.
contents_of() {
  objdump -h "$1" | awk '$1 ~ /^[0-9]+$/ { print $2, $3 }'
  objdump -drs "$1" | sed -E -e 1,3d -e 's/(__UNIQUE_ID_[A-Za-z_]*[A-Za-z_])[0-9]+/\1/g' \
    -e 's/([A-Za-z_][A-Za-z0-9_]*)\.[0-9]+/\1/g'
}

# changed_objects BEFORE NOW: those on standard input that differ between the two folders.
changed_objects() {
  local object
  while IFS= read -r object; do
    if [ ! -e "$1/$object" ]; then
      echo "$object: is there, though the option is off"
    elif [ ! -e "$2/$object" ]; then
      echo "$object: is there no more"
    elif ! cmp -s "$1/$object" "$2/$object" &&
      ! cmp -s <(contents_of "$1/$object") <(contents_of "$2/$object"); then
      echo "$object: differs, though the option is off"
    fi
  done | excepted off
}

# ynl_findings TREE: those of the files on standard input that the generator of netlink code does not
# make again as they are.
ynl_findings() {
  local tree=$1 copy=$1.ynl file
  rm -rf "$copy"
  mkdir -p "$copy/tools/net" "$copy/Documentation"
  cp -r "$tree/tools/net/ynl" "$copy/tools/net/"
  cp -r "$tree/Documentation/netlink" "$copy/Documentation/"
  cp "$tree"/{COPYING,Kbuild,Kconfig,MAINTAINERS,Makefile,README} "$copy/"
  while IFS= read -r file; do
    [ -e "$tree/$file" ] || continue
    mkdir -p "$copy/$(dirname "$file")"
    cp "$tree/$file" "$copy/$file"
  done
  # Where git knows the files, as the generator's script asks it for them. Debian's python3,
  # whichever stands first on the path.
  (
    cd "$copy" || exit
    git init -q .
    git add -Af .
    PATH=/usr/bin:/bin:$PATH timeout 120 tools/net/ynl/ynl-regen.sh -f >"$tree.state/ynl.log" 2>&1 ||
      echo "ynl-regen.sh: $(tail -n 1 "$tree.state/ynl.log")"
    git diff --name-only | sed 's/$/: is not what the generator makes of the specification/'
  )
  rm -rf "$copy"
}

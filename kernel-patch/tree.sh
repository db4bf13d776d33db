# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: LGPL-2.1-or-later
# Source trees: the pristine source with patches, read with `.` after common.sh.
#
# A tree is hard links to the pristine tree, but for the files that patches touch. Those are patched
# in a folder of their own, and moved to their place only where their content changed: nothing is
# ever written through a link, and `make` rebuilds only what is new. A file that goes back to its
# pristine content becomes a copy, as the link's time would be older than its objects.

# The files that patches touch, by both names where they rename.
files_of() {
  [ $# -eq 0 ] ||
    sed -n 's|^diff --git a/\(.*\) b/\(.*\)$|\1\n\2|p' "$@" | sort -u
}

# Copies the pristine files that patches touch into the folder $1.
copy_aside() {
  local aside=$1 file
  shift
  rm -rf "$aside"
  mkdir -p "$aside"
  files_of "$@" | while IFS= read -r file; do
    [ -e "$pristine/$file" ] || continue
    mkdir -p "$aside/$(dirname "$file")"
    cp "$pristine/$file" "$aside/$file"
  done
}

# Applies the patch $2 in the folder $1. Strict: git takes no fuzz. The project's own repository,
# around the folder, is none of git's business here.
apply_aside() {
  (cd "$1" && GIT_CEILING_DIRECTORIES=$work git apply --whitespace=nowarn "$2")
}

# Content and mode.
same_file() {
  [ -f "$1" ] && [ -f "$2" ] && cmp -s "$1" "$2" &&
    [ "$(stat -c %a "$1")" = "$(stat -c %a "$2")" ]
}

# Puts a copy of $1 in the place of $2, with the time of now.
replace_file() {
  mkdir -p "$(dirname "$2")"
  cp "$1" "$2.new"
  mv -f "$2.new" "$2"
}

link_tree() {
  local tree=$1
  rm -rf "$tree" "$tree.state"
  cp -al "$pristine" "$tree"
  mkdir "$tree.state"
  cp "$pristine.stamp" "$tree.state/pristine"
  : >"$tree.state/touched"
}

# prepare_tree TREE [PATCH...]: makes TREE the pristine source with these patches, changing as
# little as can be. TREE.state holds what it was made from. Objects below TREE stay where they are,
# unless the pristine source is another one.
prepare_tree() {
  local tree=$1 aside state digest patch file
  shift
  state=$tree.state
  aside=$tree.aside
  { [ -d "$tree" ] && cmp -s "$pristine.stamp" "$state/pristine"; } || link_tree "$tree"
  digest=$(cat /dev/null "$@" | sha256sum)
  [ "$digest" != "$(cat "$state/patches" 2>/dev/null)" ] || return 0
  copy_aside "$aside" "$@"
  for patch; do
    apply_aside "$aside" "$patch" || {
      say "${patch##*/} does not apply"
      return 1
    }
  done

  # First what is going to be touched, so that an interrupted run is made good by the next.
  rm -f "$state/patches"
  files_of "$@" >"$state/touched.new"
  sort -u "$state/touched" "$state/touched.new" -o "$state/touched"
  while IFS= read -r file; do
    if [ -e "$aside/$file" ]; then
      same_file "$aside/$file" "$tree/$file" || replace_file "$aside/$file" "$tree/$file"
    elif grep -qxF "$file" "$state/touched.new" || [ ! -e "$pristine/$file" ]; then
      rm -f "$tree/$file"
    else
      same_file "$pristine/$file" "$tree/$file" || replace_file "$pristine/$file" "$tree/$file"
    fi
  done <"$state/touched"
  mv "$state/touched.new" "$state/touched"
  echo "$digest" >"$state/patches"
  rm -rf "$aside"
}

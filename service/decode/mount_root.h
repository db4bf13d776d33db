// SPDX-License-Identifier: LGPL-2.1-or-later
// The part of a filesystem that a mount shows, as both mountinfo and statmount(2) write it.
#pragma once

#include <string>
#include <string_view>

namespace kevent::decode {

// Without the "//deleted" that the kernel appends once that directory is removed (Linux 6.12,
// fs/d_path.c: dentry_path()): the mount is still itself. No name holds a '/', so no other root
// ends like this.
inline std::string without_deleted(std::string_view root) {
  constexpr std::string_view kDeleted = "//deleted";
  if (root.ends_with(kDeleted)) root.remove_suffix(kDeleted.size());
  return std::string(root);
}

}  // namespace kevent::decode

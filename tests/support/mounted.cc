// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/mounted.h"

#include <sys/mount.h>

#include "tests/support/failure.h"

namespace kevent::support {

Mounted::Mounted(const std::string& source, const std::filesystem::path& mount_point,
                 const std::string& type, unsigned long flags, const std::string& data)
    : mount_point_(mount_point) {
  std::filesystem::create_directories(mount_point);
  if (::mount(source.c_str(), mount_point.c_str(), type.c_str(), flags, data.c_str()) != 0) {
    fail_with_errno("mount " + mount_point.string());
  }
}

Mounted::~Mounted() {
  if (mounted_) {
    ::umount2(mount_point_.c_str(), MNT_DETACH);
  }
}

void Mounted::unmount() {
  unmount_with(0);
}

void Mounted::unmount_lazily() {
  unmount_with(MNT_DETACH);
}

void Mounted::unmount_with(int flags) {
  if (::umount2(mount_point_.c_str(), flags) != 0) {
    fail_with_errno("umount " + mount_point_.string());
  }
  mounted_ = false;
}

void Mounted::remount(unsigned long flags) {
  if (::mount(nullptr, mount_point_.c_str(), nullptr, MS_REMOUNT | flags, nullptr) != 0) {
    fail_with_errno("remount " + mount_point_.string());
  }
}

void Mounted::move_to(const std::filesystem::path& mount_point) {
  std::filesystem::create_directories(mount_point);
  if (::mount(mount_point_.c_str(), mount_point.c_str(), nullptr, MS_MOVE, nullptr) != 0) {
    fail_with_errno("move " + mount_point_.string());
  }
  mount_point_ = mount_point;
}

Mounted bind_mount(const std::filesystem::path& from, const std::filesystem::path& to) {
  return Mounted(from, to, "none", MS_BIND);
}

}  // namespace kevent::support

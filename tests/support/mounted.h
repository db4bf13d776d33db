// SPDX-License-Identifier: LGPL-2.1-or-later
// A mount of a test, gone at the end. The test's main() has a mount namespace of its own, so
// nothing is left behind even by a crash.
#pragma once

#include <filesystem>
#include <string>

namespace kevent::support {

class Mounted {
 public:
  // As mount(2); the mount point is made if it is not there.
  Mounted(const std::string& source, const std::filesystem::path& mount_point,
          const std::string& type, unsigned long flags = 0, const std::string& data = "");
  ~Mounted();
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;

  void unmount();
  // The mount goes from the tree now, and from its device when its last user goes.
  void unmount_lazily();
  void remount(unsigned long flags);
  void move_to(const std::filesystem::path& mount_point);

  const std::filesystem::path& mount_point() const { return mount_point_; }

 private:
  void unmount_with(int flags);

  std::filesystem::path mount_point_;
  bool mounted_ = true;
};

// What is at `from` is seen at `to` as well.
Mounted bind_mount(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kevent::support

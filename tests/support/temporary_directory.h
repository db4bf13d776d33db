// SPDX-License-Identifier: LGPL-2.1-or-later
// A folder of its own for a test, gone with all that is in it when the test ends.
#pragma once

#include <filesystem>

namespace kevent::support {

class TemporaryDirectory {
 public:
  // Everybody may enter it: a bus socket in it is for other users too.
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace kevent::support

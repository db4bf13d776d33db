// SPDX-License-Identifier: LGPL-2.1-or-later
// A folder that looks like sysfs, declared in the test as one expression.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "service/sysfs/sysfs.h"
#include "tests/support/temporary_directory.h"

namespace kevent::sysfs {

class FakeSysfs {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  // Files with their content, and links with their targets; paths begin at the root of sysfs.
  FakeSysfs(const Pairs& files, const Pairs& links)
      : sysfs_(std::filesystem::canonical(folder_.path())) {
    for (const auto& [path, content] : files) set(path, content);
    for (const auto& [path, target] : links) {
      std::filesystem::create_directories(full(path).parent_path());
      // As in sysfs, links are relative.
      const auto folder = full(path).parent_path();
      std::filesystem::create_symlink(full(target).lexically_relative(folder), full(path));
    }
  }

  void set(const std::string& path, const std::string& content) {
    std::filesystem::create_directories(full(path).parent_path());
    std::ofstream(full(path)) << content << '\n';
  }

  const Sysfs& get() const { return sysfs_; }

 private:
  std::filesystem::path full(const std::string& path) const {
    return folder_.path() / path.substr(1);
  }

  support::TemporaryDirectory folder_;
  Sysfs sysfs_;
};

}  // namespace kevent::sysfs

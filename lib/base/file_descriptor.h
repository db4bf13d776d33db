// SPDX-License-Identifier: LGPL-2.1-or-later
// Owns one file descriptor and closes it once. Move-only.
#pragma once

#include <utility>

namespace kevent::base {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();

  // The number, still owned by this object; -1 when it holds none.
  int get() const { return number_; }
  bool valid() const { return number_ >= 0; }
  // Gives the number away: the caller closes it.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

}  // namespace kevent::base

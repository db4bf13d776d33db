// SPDX-License-Identifier: LGPL-2.1-or-later
// How fixtures fail: they throw, GoogleTest reports the text and fails the test, and what was built
// before is torn down. Only tests do this; the service itself throws nothing.
#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace kevent::support {

// The system call that has just failed, and what it was about.
[[noreturn]] inline void fail_with_errno(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// For calls that return -errno, as sd-bus's do.
inline void check(int result, const std::string& what) {
  if (result < 0) {
    errno = -result;
    fail_with_errno(what);
  }
}

[[noreturn]] inline void fail(const std::string& what) {
  throw std::runtime_error(what);
}

}  // namespace kevent::support

// SPDX-License-Identifier: LGPL-2.1-or-later
// What a source says of itself: whether it listens, and what is unavailable.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kevent::event {

struct SourceStatus {
  bool active = false;
  std::string kind;                       // how it listens: "kernel", "udev", "mountinfo", ...
  std::vector<std::string_view> signals;  // what it tells as it happens; empty: nothing
  std::uint64_t received = 0;             // messages that became events, or refreshed an object
  std::uint64_t rejected = 0;       // messages that were no valid message, or not the kernel's
  std::uint64_t lost = 0;           // events known to be missing
  std::string problem;              // what it has to do without; empty: nothing
  bool problem_is_kernels = false;  // `problem` is only that the kernel is too old for something
};

// Both of them, where there are two.
inline std::string join_problems(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "; " + second;
}

using SourceStatuses = std::map<std::string, SourceStatus>;  // by the source's name

}  // namespace kevent::event

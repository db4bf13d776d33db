// SPDX-License-Identifier: LGPL-2.1-or-later
// What ends a command that follows events: SIGINT, SIGTERM, or --timeout.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>

#include "lib/base/file_descriptor.h"

namespace kevent::terminal {

// From here on these signals are something to read: a descriptor of signalfd(2).
base::FileDescriptor take_signals(std::initializer_list<int> numbers);

class Deadline {
 public:
  // From now; nothing: never.
  explicit Deadline(std::optional<std::chrono::milliseconds> timeout);

  // What is left, 0 when it is over; nothing when there is no end.
  std::optional<std::chrono::milliseconds> remaining() const;
  bool over() const { return remaining() == std::chrono::milliseconds::zero(); }

 private:
  using Clock = std::chrono::steady_clock;
  std::optional<Clock::time_point> at_;
};

}  // namespace kevent::terminal

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/base/clock.h"

#include <chrono>

namespace kevent::base {

std::uint64_t realtime_us() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

}  // namespace kevent::base

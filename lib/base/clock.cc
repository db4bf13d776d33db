// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/clock.h"

#include <time.h>

#include <chrono>

namespace kevent::base {

std::uint64_t realtime_us() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::int64_t realtime_offset_us() {
  timespec boot_time{};
  ::clock_gettime(CLOCK_BOOTTIME, &boot_time);
  return static_cast<std::int64_t>(realtime_us()) - boot_time.tv_sec * 1'000'000 -
         boot_time.tv_nsec / 1000;
}

}  // namespace kevent::base

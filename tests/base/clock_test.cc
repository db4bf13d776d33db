// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/clock.h"

#include <gtest/gtest.h>
#include <time.h>

#include <cstdint>

namespace kevent::base {
namespace {

std::uint64_t kernel_clock_us() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
}

TEST(Clock, TellsRealTimeInMicroseconds) {
  const std::uint64_t before = kernel_clock_us();
  const std::uint64_t now = realtime_us();
  EXPECT_GE(now, before);
  EXPECT_LE(now, kernel_clock_us());
}

TEST(Clock, TellsHowFarRealTimeIsFromTheTimeSinceBoot) {
  timespec boot_time{};
  ::clock_gettime(CLOCK_BOOTTIME, &boot_time);
  const std::int64_t boot_time_us = boot_time.tv_sec * 1'000'000 + boot_time.tv_nsec / 1'000;
  const auto now = static_cast<std::int64_t>(kernel_clock_us());
  EXPECT_NEAR(static_cast<double>(realtime_offset_us() + boot_time_us), static_cast<double>(now),
              1'000'000);
}

}  // namespace
}  // namespace kevent::base

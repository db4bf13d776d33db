// SPDX-License-Identifier: LGPL-2.1-or-later
// The one place that asks what time it is. `event`, `decode` and `log` get the time as an argument.
#pragma once

#include <cstdint>

namespace kevent::base {

// Microseconds since the epoch (CLOCK_REALTIME): the time that events carry.
std::uint64_t realtime_us();

// CLOCK_REALTIME minus CLOCK_BOOTTIME in microseconds: what makes the one of the other.
std::int64_t realtime_offset_us();

}  // namespace kevent::base

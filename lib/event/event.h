// SPDX-License-Identifier: LGPL-2.1-or-later
// An event: what a kernel object said. A value, complete at birth, except for its number, which
// only the log gives.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/event/details.h"
#include "lib/event/group.h"
#include "lib/event/vocabulary.h"

namespace kevent::event {

struct Event {
  std::uint64_t sequence = 0;  // 0: not yet in the log, which numbers from 1
  std::uint64_t time_us = 0;   // microseconds since the epoch
  Group group = Group::kGeneral;
  std::uint8_t priority = priority::kDebug;
  std::string object = "/";  // kernel path, bytes as sysfs has them: is_kernel_path() holds
  std::string signal;        // the kernel's own spelling, any bytes
  Details details;

  bool operator==(const Event&) const = default;
};

// Loss is told as an event like all others: `count` events of `source` are missing, 0 when nobody
// knows how many.
Event events_lost(std::string_view source, std::uint64_t count, std::uint64_t time_us);

bool is_events_lost(const Event& event);

}  // namespace kevent::event

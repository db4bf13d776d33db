// SPDX-License-Identifier: LGPL-2.1-or-later
// Which events a reader wants. The same rules in the service (GetEvents) and in its clients.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "lib/event/event.h"

namespace kevent::event {

// Every condition that is set must hold. events_lost passes every filter: nobody chooses not to
// hear that something is missing.
struct Filter {
  std::optional<Group> group;
  std::optional<std::string> signal;     // the kernel's spelling
  std::optional<std::string> object;     // kernel path: this object and all below
  std::optional<std::uint8_t> priority;  // this one and worse (smaller)

  bool matches(const Event& event) const;
};

}  // namespace kevent::event

// SPDX-License-Identifier: LGPL-2.1-or-later
// A temperature at which a thermal zone does something about it.
#pragma once

#include <cstdint>
#include <string>

namespace kevent::event {

struct Trip {
  std::uint32_t index = 0;
  std::string type;              // active, passive, hot, critical
  std::int32_t temperature = 0;  // millidegrees Celsius
  std::int32_t hysteresis = 0;
  bool has_cooling_device = false;
  bool operator==(const Trip&) const = default;
};

}  // namespace kevent::event

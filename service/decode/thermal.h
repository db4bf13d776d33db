// SPDX-License-Identifier: LGPL-2.1-or-later
// A message of the kernel's `thermal` generic netlink family -> what it says; and which trips of a
// zone are crossed -> events. Pure. (Linux 6.12, drivers/thermal/thermal_netlink.c)
//
// Rules:
//   T1  A trip counts when its temperature is above 0 and it is hot or critical, or passive with a
//       cooling device bound. Active trips only run fans. At or below 0 firmware says that a trip
//       is not set, and the kernel takes a critical one for that (Linux 6.12,
//       drivers/thermal/thermal_core.c: handle_critical_trips()).
//   T2  A counting trip crossed upwards: `overheating`, priority 2 (hot, critical) or 4 (passive).
//   T3  `normal` (priority 7) when the last crossed counting trip is crossed downwards.
//   T4  The kernel's own events layer tells of each passive, hot or critical trip that has a
//       temperature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/thermal_trip.h"

namespace kevent::decode {

struct ThermalNotice {
  enum class Kind { kTripUp, kTripDown, kCoolingState, kZoneCreated, kZoneDeleted };
  Kind kind = Kind::kTripUp;
  std::uint32_t id = 0;          // of the zone, or of the cooling device for kCoolingState
  std::uint32_t trip = 0;        // kTripUp, kTripDown
  std::int32_t temperature = 0;  // millidegrees Celsius: kTripUp, kTripDown
  bool operator==(const ThermalNotice&) const = default;
};

// `payload` starts at the generic netlink header. Nothing when it is none of these notices, or
// lacks an attribute that belongs to it.
std::optional<ThermalNotice> parse_thermal_notice(std::span<const std::byte> payload);

// T1.
bool trip_counts(const event::Trip& trip);
// T4.
bool trip_counts_for_kernel(const event::Trip& trip);

// T2, with details Source "thermal", Trip, TripType, Temperature and, where true, Synthesized.
// `object` is the zone's kernel path.
event::Event overheating_event(const std::string& object, const event::Trip& trip,
                               std::int32_t temperature, bool synthesized, std::uint64_t time_us);
// T3, with details Source "thermal", Temperature and, where true, Synthesized.
// `temperature`: nothing when the zone is gone.
event::Event normal_event(const std::string& object, std::optional<std::int32_t> temperature,
                          bool synthesized, std::uint64_t time_us);

}  // namespace kevent::decode

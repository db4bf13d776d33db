// SPDX-License-Identifier: LGPL-2.1-or-later
// Messages of the `thermal` generic netlink family as the kernel sends them.
#pragma once

#include <linux/thermal.h>

#include <cstdint>

#include "service/decode/thermal.h"
#include "tests/decode/netlink_message.h"

namespace kevent::decode {

using ThermalMessage = NetlinkMessage;

// The message that says `notice` (Linux 6.12, drivers/thermal/thermal_netlink.c).
inline ThermalMessage thermal_message(const ThermalNotice& notice) {
  const auto trip = [&](std::uint8_t command) {
    return ThermalMessage(command)
        .number(THERMAL_GENL_ATTR_TZ_ID, notice.id)
        .number(THERMAL_GENL_ATTR_TZ_TRIP_ID, notice.trip)
        .number(THERMAL_GENL_ATTR_TZ_TEMP, static_cast<std::uint32_t>(notice.temperature));
  };
  switch (notice.kind) {
    case ThermalNotice::Kind::kTripUp:
      return trip(THERMAL_GENL_EVENT_TZ_TRIP_UP);
    case ThermalNotice::Kind::kTripDown:
      return trip(THERMAL_GENL_EVENT_TZ_TRIP_DOWN);
    case ThermalNotice::Kind::kCoolingState:
      return ThermalMessage(THERMAL_GENL_EVENT_CDEV_STATE_UPDATE)
          .number(THERMAL_GENL_ATTR_CDEV_ID, notice.id)
          .number(THERMAL_GENL_ATTR_CDEV_CUR_STATE, 3);
    case ThermalNotice::Kind::kZoneCreated:
      return ThermalMessage(THERMAL_GENL_EVENT_TZ_CREATE)
          .number(THERMAL_GENL_ATTR_TZ_ID, notice.id)
          .text(THERMAL_GENL_ATTR_TZ_NAME, "acpitz");
    case ThermalNotice::Kind::kZoneDeleted:
      return ThermalMessage(THERMAL_GENL_EVENT_TZ_DELETE)
          .number(THERMAL_GENL_ATTR_TZ_ID, notice.id);
  }
  __builtin_unreachable();
}

}  // namespace kevent::decode

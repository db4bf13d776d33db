// SPDX-License-Identifier: LGPL-2.1-or-later
// Messages of the `thermal` generic netlink family as the kernel sends them, from the generic
// netlink header on.
#pragma once

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/thermal.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "service/decode/thermal.h"

namespace kevent::decode {

class ThermalMessage {
 public:
  explicit ThermalMessage(std::uint8_t command) {
    const genlmsghdr header{command, 1, 0};
    append(&header, sizeof header);
  }

  ThermalMessage& attribute(std::uint16_t type, const void* value, std::size_t size) {
    const nlattr header{static_cast<std::uint16_t>(sizeof(nlattr) + size), type};
    append(&header, sizeof header);
    append(value, size);
    bytes_.resize((bytes_.size() + 3) & ~std::size_t{3});
    return *this;
  }
  ThermalMessage& number(std::uint16_t type, std::uint32_t value) {
    return attribute(type, &value, sizeof value);
  }
  ThermalMessage& text(std::uint16_t type, const char* value) {
    return attribute(type, value, std::strlen(value) + 1);
  }

  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  void append(const void* data, std::size_t size) {
    const std::size_t used = bytes_.size();
    bytes_.resize(used + size);
    std::memcpy(bytes_.data() + used, data, size);
  }

  std::vector<std::byte> bytes_;
};

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

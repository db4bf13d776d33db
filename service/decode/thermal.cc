// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/thermal.h"

#include <linux/genetlink.h>
#include <linux/thermal.h>
#include <netlink/attr.h>

#include <array>
#include <cstring>

namespace kevent::decode {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;

using Attributes = std::array<nlattr*, THERMAL_GENL_ATTR_MAX + 1>;

// All attributes that are read are u32; libnl refuses a message in which one of them is shorter.
constexpr auto kPolicy = [] {
  std::array<nla_policy, THERMAL_GENL_ATTR_MAX + 1> policy{};
  for (const auto attribute : {THERMAL_GENL_ATTR_TZ_ID, THERMAL_GENL_ATTR_TZ_TRIP_ID,
                               THERMAL_GENL_ATTR_TZ_TEMP, THERMAL_GENL_ATTR_CDEV_ID}) {
    policy[attribute].type = NLA_U32;
  }
  return policy;
}();

std::optional<ThermalNotice> zone_notice(ThermalNotice::Kind kind, const Attributes& attributes) {
  const nlattr* zone = attributes[THERMAL_GENL_ATTR_TZ_ID];
  if (zone == nullptr) return std::nullopt;
  return ThermalNotice{kind, nla_get_u32(zone)};
}

std::optional<ThermalNotice> trip_notice(ThermalNotice::Kind kind, const Attributes& attributes) {
  auto notice = zone_notice(kind, attributes);
  const nlattr* trip = attributes[THERMAL_GENL_ATTR_TZ_TRIP_ID];
  const nlattr* temperature = attributes[THERMAL_GENL_ATTR_TZ_TEMP];
  if (!notice || trip == nullptr || temperature == nullptr) return std::nullopt;
  notice->trip = nla_get_u32(trip);
  // An int that the kernel sends as u32.
  notice->temperature = static_cast<std::int32_t>(nla_get_u32(temperature));
  return notice;
}

std::optional<ThermalNotice> cooling_notice(const Attributes& attributes) {
  const nlattr* device = attributes[THERMAL_GENL_ATTR_CDEV_ID];
  if (device == nullptr) return std::nullopt;
  return ThermalNotice{ThermalNotice::Kind::kCoolingState, nla_get_u32(device)};
}

event::Event thermal_event(const std::string& object, std::string_view signal,
                           std::uint8_t priority, std::optional<std::int32_t> temperature,
                           bool synthesized, std::uint64_t time_us) {
  event::Event event;
  event.time_us = time_us;
  event.group = event::Group::kPower;
  event.priority = priority;
  event.object = object;
  event.signal = signal;
  event.details.set(key::kSource, std::string("thermal"));
  if (temperature) event.details.set(key::kTemperature, *temperature);
  if (synthesized) event.details.set(key::kSynthesized, true);
  return event;
}

bool is_hot_or_critical(const event::Trip& trip) {
  return trip.type == "hot" || trip.type == "critical";
}

}  // namespace

std::optional<ThermalNotice> parse_thermal_notice(std::span<const std::byte> payload) {
  genlmsghdr header;
  if (payload.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, payload.data(), sizeof header);

  // A copy: libnl wants attributes that are aligned and not const.
  std::vector<std::byte> bytes(payload.begin() + sizeof header, payload.end());
  Attributes attributes{};
  if (nla_parse(attributes.data(), THERMAL_GENL_ATTR_MAX, reinterpret_cast<nlattr*>(bytes.data()),
                static_cast<int>(bytes.size()), kPolicy.data()) < 0) {
    return std::nullopt;
  }
  switch (header.cmd) {
    case THERMAL_GENL_EVENT_TZ_TRIP_UP:
      return trip_notice(ThermalNotice::Kind::kTripUp, attributes);
    case THERMAL_GENL_EVENT_TZ_TRIP_DOWN:
      return trip_notice(ThermalNotice::Kind::kTripDown, attributes);
    case THERMAL_GENL_EVENT_CDEV_STATE_UPDATE:
      return cooling_notice(attributes);
    case THERMAL_GENL_EVENT_TZ_CREATE:
      return zone_notice(ThermalNotice::Kind::kZoneCreated, attributes);
    case THERMAL_GENL_EVENT_TZ_DELETE:
      return zone_notice(ThermalNotice::Kind::kZoneDeleted, attributes);
    default:
      return std::nullopt;
  }
}

bool trip_counts(const event::Trip& trip) {
  if (trip.temperature <= 0) return false;
  return is_hot_or_critical(trip) || (trip.type == "passive" && trip.has_cooling_device);
}

bool trip_counts_for_kernel(const event::Trip& trip) {
  // Linux 6.12, include/linux/thermal.h: THERMAL_TEMP_INVALID.
  constexpr std::int32_t kNone = -274000;
  return trip.temperature > kNone && (is_hot_or_critical(trip) || trip.type == "passive");
}

event::Event overheating_event(const std::string& object, const event::Trip& trip,
                               std::int32_t temperature, bool synthesized, std::uint64_t time_us) {
  auto event = thermal_event(object, signal::kOverheating,
                             is_hot_or_critical(trip) ? priority::kCritical : priority::kWarning,
                             temperature, synthesized, time_us);
  event.details.set(key::kTrip, trip.index);
  event.details.set_text(key::kTripType, trip.type);
  return event;
}

event::Event normal_event(const std::string& object, std::optional<std::int32_t> temperature,
                          bool synthesized, std::uint64_t time_us) {
  return thermal_event(object, signal::kNormal, priority::kDebug, temperature, synthesized,
                       time_us);
}

}  // namespace kevent::decode

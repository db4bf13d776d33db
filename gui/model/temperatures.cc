// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/temperatures.h"

#include <algorithm>
#include <utility>

#include "gui/model/text.h"

namespace kevent::gui {
namespace {

namespace key = event::key;
namespace signal = event::signal;

// R4.
constexpr std::size_t kMostZones = 256;
constexpr std::size_t kMostTrips = 64;
constexpr std::size_t kMostReadings = 3600;
constexpr std::int64_t kLongest_ms = 3'600'000;

constexpr int kAbsoluteZero = -273'150;  // R2

// R3, R4.
void add(Zone& zone, Reading reading) {
  if (reading.millidegrees < kAbsoluteZero) return;
  auto& readings = zone.readings;
  const auto place = std::ranges::upper_bound(readings, reading.time_ms, {}, &Reading::time_ms);
  readings.insert(place, reading);
  const std::int64_t oldest = readings.back().time_ms - kLongest_ms;
  while (readings.size() > kMostReadings || readings.front().time_ms < oldest) {
    readings.pop_front();
  }
}

}  // namespace

void Temperatures::look(const std::vector<ZoneState>& states, std::int64_t time_ms) {
  std::vector<Zone> zones;
  for (const ZoneState& state : states) {
    if (zones.size() == kMostZones) break;
    if (std::ranges::find(zones, state.object, &Zone::object) != zones.end()) continue;
    const auto known = std::ranges::find(zones_, state.object, &Zone::object);
    Zone& zone = zones.emplace_back();
    if (known != zones_.end()) zone.readings = std::move(known->readings);
    std::erase_if(zone.readings, [&](const Reading& reading) { return reading.time_ms > time_ms; });
    zone.object = state.object;
    zone.name = state.type.empty() ? last_element(state.object) : text_of(state.type);
    zone.trips.assign(state.trips.begin(),
                      state.trips.begin() +
                          static_cast<std::ptrdiff_t>(std::min(state.trips.size(), kMostTrips)));
    zone.overheating = state.overheating;
    if (state.millidegrees) add(zone, {time_ms, *state.millidegrees});
  }
  std::ranges::sort(zones, {}, &Zone::object);
  zones_ = std::move(zones);
  Q_EMIT changed();
}

void Temperatures::happened(const event::Event& event) {
  const bool overheating = event.signal == signal::kOverheating;
  if (event.group != event::Group::kPower || !is_of_kernel(event)) return;
  if (!overheating && event.signal != signal::kNormal) return;
  const auto zone = std::ranges::find(zones_, event.object, &Zone::object);
  if (zone == zones_.end()) return;
  zone->overheating = overheating;
  if (const auto* temperature = event.details.get<std::int32_t>(key::kTemperature)) {
    add(*zone, {static_cast<std::int64_t>(event.time_us / 1000), *temperature});
  }
  Q_EMIT changed();
}

const Zone* Temperatures::zone(const std::string& object) const {
  const auto found = std::ranges::find(zones_, object, &Zone::object);
  return found == zones_.end() ? nullptr : &*found;
}

const Zone* Temperatures::hottest() const {
  const Zone* hottest = nullptr;
  for (const Zone& zone : zones_) {
    if (zone.readings.empty()) continue;
    if (hottest == nullptr ||
        zone.readings.back().millidegrees > hottest->readings.back().millidegrees) {
      hottest = &zone;
    }
  }
  return hottest;
}

}  // namespace kevent::gui

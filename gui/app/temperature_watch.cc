// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/temperature_watch.h"

#include <QDateTime>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

#include "lib/event/group.h"

namespace kevent::gui {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kPause{10};
constexpr std::chrono::seconds kPauseWatched{2};

// dbus/org.kernel.Events1.ThermalZone.xml: it can't be read.
constexpr std::int64_t kNoTemperature = std::numeric_limits<std::int32_t>::min();

std::optional<int> temperature_of(const json& properties) {
  const auto value = properties.value("Temperature", kNoTemperature);
  if (value == kNoTemperature) return std::nullopt;
  return static_cast<int>(value);
}

// Each trip is (index, type, temperature, hysteresis).
std::vector<Trip> trips_of(const json& properties) {
  std::vector<Trip> trips;
  for (const json& trip : properties.value("Trips", json::array())) {
    trips.push_back({.type = QString::fromStdString(trip.at(1).get<std::string>()),
                     .millidegrees = trip.at(2).get<int>()});
  }
  return trips;
}

// A zone whose properties are of other types than the contract's is left out.
std::optional<ZoneState> state_of(const std::string& object, const json& properties) try {
  return ZoneState{.object = object,
                   .type = properties.value("Type", std::string()),
                   .millidegrees = temperature_of(properties),
                   .trips = trips_of(properties),
                   .overheating = properties.value("Overheating", false)};
} catch (const json::exception&) {
  return std::nullopt;
}

}  // namespace

TemperatureWatch::TemperatureWatch(Questions& questions, Temperatures& temperatures,
                                   QObject* parent)
    : QObject(parent), questions_(questions), temperatures_(temperatures) {
  connect(&questions, &Questions::zones_answered, this, &TemperatureWatch::on_zones);
  connect(&timer_, &QTimer::timeout, this, &TemperatureWatch::read_again);
}

void TemperatureWatch::set_present(bool present) {
  present_ = present;
  if (present) questions_.ask_zones();
  pace();
}

void TemperatureWatch::set_watched(bool watched) {
  watched_ = watched;
  pace();
  if (watched && timer_.isActive()) read_again();
}

void TemperatureWatch::take(const event::Event& event) {
  if (event.group != event::Group::kHotplug) return;
  if (event.signal != "add" && event.signal != "remove") return;
  if (event.object.find("/thermal_zone") != std::string::npos) questions_.ask_zones();
}

void TemperatureWatch::on_zones(const Zones& zones) {
  std::vector<ZoneState> states;
  zones_.clear();
  for (const auto& [object, properties] : zones) {
    zones_.push_back(object);
    if (auto state = state_of(object, properties)) states.push_back(std::move(*state));
  }
  temperatures_.look(states, QDateTime::currentMSecsSinceEpoch());
  pace();
}

void TemperatureWatch::read_again() {
  questions_.ask_zones_again(zones_);
}

void TemperatureWatch::pace() {
  const auto pause = watched_ ? kPauseWatched : kPause;
  if (!present_ || zones_.empty()) {
    timer_.stop();
  } else if (!timer_.isActive() || timer_.intervalAsDuration() != pause) {
    timer_.start(pause);
  }
}

}  // namespace kevent::gui

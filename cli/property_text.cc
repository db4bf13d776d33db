// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/property_text.h"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/event_text.h"
#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "lib/terminal/json_line.h"
#include "lib/terminal/text.h"

namespace kevent::cli {
namespace {

using nlohmann::json;

std::string trip_text(const json& trip) {
  const bool is_trip = trip.is_array() && trip.size() == 4 && trip[1].is_string() &&
                       trip[2].is_number_integer() && trip[3].is_number_integer();
  if (!is_trip) return terminal::json_line(trip);
  return event::display_text(trip[1].get<std::string>()) + " " +
         terminal::temperature_text(trip[2].get<std::int32_t>()) + " (hysteresis " +
         terminal::temperature_text(trip[3].get<std::int32_t>()) + ")";
}

std::string list_text(const std::string& name, const json& list) {
  std::string text;
  for (const json& element : list) {
    if (!text.empty()) text += ", ";
    text += name == "Trips" ? trip_text(element) : property_text("", element);
  }
  return text.empty() ? "none" : text;
}

std::string pair_text(const json& pair, const char* between) {
  return property_text("", pair[0]) + between + property_text("", pair[1]);
}

std::string number_text(const std::string& name, const json& value) {
  if (name == "Size") {
    const auto bytes = value.get<std::uint64_t>();
    return bytes == 0 ? "no medium" : terminal::size_text(bytes) + " (" + value.dump() + " bytes)";
  }
  if (name == "Temperature") {
    const auto temperature = value.get<std::int32_t>();
    const bool unknown = temperature == std::numeric_limits<std::int32_t>::min();
    return unknown ? "cannot be read" : terminal::temperature_text(temperature);
  }
  if (name == "State" && value == std::numeric_limits<std::uint32_t>::max()) {
    return "cannot be read";
  }
  return value.dump();
}

}  // namespace

std::string property_text(const std::string& name, const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_number_integer()) return number_text(name, value);
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    if (name == "Parent") {
      const auto path = event::parse_object_path(text);
      return path ? event::display_text(*path) : "none";
    }
    return text.empty() ? "none" : event::display_text(text);
  }
  if (!value.is_array()) return terminal::json_line(value);
  if (name == "DeviceNumber" && value.size() == 2) {
    return value == json::array({0, 0}) ? "none" : pair_text(value, ":");
  }
  if (name == "LastEvent" && value.size() == 2) {
    return value[0] == 0 ? "none" : pair_text(value, " ");
  }
  return list_text(name, value);
}

}  // namespace kevent::cli

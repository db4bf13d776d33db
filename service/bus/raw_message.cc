// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/raw_message.h"

namespace kevent::bus {
namespace {

template <typename... Values>
void append_as(sd_bus_message* message, const char* signature, Values... values) {
  check(sd_bus_message_append(message, signature, values...), "append a value");
}

template <typename Values, typename Append>
void append_array(sd_bus_message* message, const char* contents, const Values& values,
                  Append append_one) {
  check(sd_bus_message_open_container(message, SD_BUS_TYPE_ARRAY, contents), "open an array");
  for (const auto& value : values) append_one(value);
  check(sd_bus_message_close_container(message), "close an array");
}

}  // namespace

void append(sd_bus_message* message, bool value) {
  append_as(message, "b", static_cast<int>(value));
}

void append(sd_bus_message* message, std::int32_t value) {
  append_as(message, "i", value);
}

void append(sd_bus_message* message, std::uint32_t value) {
  append_as(message, "u", value);
}

void append(sd_bus_message* message, std::uint64_t value) {
  append_as(message, "t", value);
}

void append(sd_bus_message* message, const std::string& value) {
  append_as(message, "s", value.c_str());
}

void append(sd_bus_message* message, const sdbus::ObjectPath& value) {
  append_as(message, "o", value.c_str());
}

void append(sd_bus_message* message, const event::DeviceNumber& value) {
  append_as(message, "(uu)", value.major, value.minor);
}

void append(sd_bus_message* message, const LastEvent& value) {
  append_as(message, "(ts)", value.sequence, value.signal.c_str());
}

void append(sd_bus_message* message, const std::vector<std::string>& values) {
  append_array(message, "s", values, [=](const std::string& value) { append(message, value); });
}

void append(sd_bus_message* message, const std::vector<decode::Trip>& values) {
  append_array(message, "(usii)", values, [=](const decode::Trip& trip) {
    append_as(message, "(usii)", trip.index, trip.type.c_str(), trip.temperature, trip.hysteresis);
  });
}

void append(sd_bus_message* message, const std::map<std::string, std::string>& values) {
  append_array(message, "{ss}", values, [=](const auto& entry) {
    append_as(message, "{ss}", entry.first.c_str(), entry.second.c_str());
  });
}

}  // namespace kevent::bus

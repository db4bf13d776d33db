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

const char* signature_of(const event::Value& value) {
  static constexpr const char* kSignatures[] = {"b",    "i",     "u",  "t", "s",
                                                "(uu)", "a{ss}", "ay", "as"};
  static_assert(std::variant_size_v<event::Value> == std::size(kSignatures));
  return kSignatures[value.index()];
}

void append(sd_bus_message* message, const event::Environment& environment) {
  append_array(message, "{ss}", environment, [=](const auto& entry) {
    append_as(message, "{ss}", entry.first.c_str(), entry.second.c_str());
  });
}

void append(sd_bus_message* message, const event::Bytes& bytes) {
  check(sd_bus_message_append_array(message, SD_BUS_TYPE_BYTE, bytes.data(), bytes.size()),
        "append bytes");
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

void append(sd_bus_message* message, const std::vector<event::Trip>& values) {
  append_array(message, "(usii)", values, [=](const event::Trip& trip) {
    append_as(message, "(usii)", trip.index, trip.type.c_str(), trip.temperature, trip.hysteresis);
  });
}

void append(sd_bus_message* message, const std::map<std::string, std::string>& values) {
  append_array(message, "{ss}", values, [=](const auto& entry) {
    append_as(message, "{ss}", entry.first.c_str(), entry.second.c_str());
  });
}

// A map of sdbus::Variant would make a message of its own for each value.
void append(sd_bus_message* message, const event::Details& details) {
  append_array(message, "{sv}", details.entries(), [=](const event::Details::Entry& entry) {
    check(sd_bus_message_open_container(message, SD_BUS_TYPE_DICT_ENTRY, "sv"), "open an entry");
    append(message, entry.first);
    const char* signature = signature_of(entry.second);
    check(sd_bus_message_open_container(message, SD_BUS_TYPE_VARIANT, signature), "open a value");
    std::visit([=](const auto& value) { append(message, value); }, entry.second);
    check(sd_bus_message_close_container(message), "close a value");
    check(sd_bus_message_close_container(message), "close an entry");
  });
}

}  // namespace kevent::bus

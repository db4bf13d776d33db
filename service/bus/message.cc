// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/message.h"

#include "service/bus/errors.h"
#include "service/event/object_path.h"
#include "service/event/text.h"

namespace kevent::bus {
namespace {

constexpr std::uint8_t kLeastPriority = 7;

const char* signature_of(const event::Value& value) {
  static constexpr const char* kSignatures[] = {"b", "i", "u", "t", "s", "(uu)", "a{ss}", "ay"};
  static_assert(std::variant_size_v<event::Value> == std::size(kSignatures));
  return kSignatures[value.index()];
}

struct Appender {
  sdbus::Message& message;

  template <typename T>
  void operator()(const T& plain) const {
    message << plain;
  }
  void operator()(const event::DeviceNumber& number) const {
    message.openStruct("uu");
    message << number.major << number.minor;
    message.closeStruct();
  }
  void operator()(const event::Environment& environment) const {
    message.openContainer("{ss}");
    for (const auto& [key, value] : environment) {
      message.openDictEntry("ss");
      message << key << value;
      message.closeDictEntry();
    }
    message.closeContainer();
  }
  void operator()(const event::Bytes& bytes) const {
    message.openContainer("y");
    for (const std::uint8_t byte : bytes) message << byte;
    message.closeContainer();
  }
};

[[noreturn]] void refuse(const std::string& why) {
  throw sdbus::Error(kErrorInvalidFilter, why);
}

// The value of a filter's key, which must have this D-Bus type.
template <typename T>
T filter_value(const std::string& key, const sdbus::Variant& value, const char* type) {
  if (value.peekValueType() != type) {
    refuse("Filter key \"" + key + "\" wants type " + type + ", not " + value.peekValueType() +
           ".");
  }
  return value.get<T>();
}

}  // namespace

std::string group_interface(event::Group group) {
  return std::string(kBusName) + "." + std::string(event::group_name(group));
}

void append_details(sdbus::Message& message, const event::Details& details) {
  message.openContainer("{sv}");
  for (const auto& [key, value] : details.entries()) {
    message.openDictEntry("sv");
    message << key;
    message.openVariant(signature_of(value));
    std::visit(Appender{message}, value);
    message.closeVariant();
    message.closeDictEntry();
  }
  message.closeContainer();
}

sdbus::Message& operator<<(sdbus::Message& message, const EventList& list) {
  message.openContainer("(ttsosya{sv})");
  for (const event::Event& event : list.events) {
    message.openStruct("ttsosya{sv}");
    message << event.sequence << event.time_us << std::string(event::group_name(event.group))
            << sdbus::ObjectPath(event::object_path(event.object)) << clean_signal(event)
            << event.priority;
    append_details(message, event.details);
    message.closeStruct();
  }
  return message.closeContainer();
}

std::string clean_signal(const event::Event& event) {
  return event::clean_text(event.signal);
}

event::Filter parse_filter(const std::map<std::string, sdbus::Variant>& filter) {
  event::Filter parsed;
  for (const auto& [key, value] : filter) {
    if (key == "group") {
      const auto name = filter_value<std::string>(key, value, "s");
      parsed.group = event::group_named(name);
      if (!parsed.group) {
        refuse("There is no group \"" + event::clean_text(name) +
               "\": General, Storage, Power, Fs, Hotplug.");
      }
    } else if (key == "signal") {
      parsed.signal = filter_value<std::string>(key, value, "s");
    } else if (key == "object") {
      parsed.object = event::parse_object_path(filter_value<sdbus::ObjectPath>(key, value, "o"));
      if (!parsed.object) refuse("Filter key \"object\" is no kernel object's path.");
    } else if (key == "priority") {
      parsed.priority = filter_value<std::uint8_t>(key, value, "y");
      if (*parsed.priority > kLeastPriority) refuse("A priority is 0 to 7.");
    } else {
      refuse("There is no filter key \"" + event::clean_text(key) +
             "\": group, signal, object, priority.");
    }
  }
  return parsed;
}

}  // namespace kevent::bus

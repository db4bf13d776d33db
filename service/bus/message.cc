// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/message.h"

#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "service/bus/errors.h"
#include "service/bus/raw_bus.h"
#include "service/bus/raw_message.h"

namespace kevent::bus {
namespace {

constexpr std::uint8_t kLeastPriority = 7;

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

// "org.kernel.Events1.Hotplug".
std::string group_interface(event::Group group) {
  return std::string(kBusName) + "." + std::string(event::group_name(group));
}

}  // namespace

void send_event(sd_bus* bus, const event::Event& event) {
  const std::string interface = group_interface(event.group);
  sd_bus_message* signal = nullptr;
  check(sd_bus_message_new_signal(bus, &signal, event::object_path(event.object).c_str(),
                                  interface.c_str(), event::member_name(event.signal).c_str()),
        "make a signal");
  const OwnedMessage owner(signal, sd_bus_message_unref);
  check(sd_bus_message_append(signal, "tty", event.sequence, event.time_us, event.priority),
        "append an event");
  append(signal, event.details);
  check(sd_bus_send(bus, signal, nullptr), "send a signal");
}

sdbus::Message& operator<<(sdbus::Message& message, const EventList& list) {
  sd_bus_message* raw = raw_message(message);
  message.openContainer("(ttsosya{sv})");
  for (const event::Event& event : list.events) {
    message.openStruct("ttsosya{sv}");
    check(sd_bus_message_append(raw, "ttsosy", event.sequence, event.time_us,
                                std::string(event::group_name(event.group)).c_str(),
                                event::object_path(event.object).c_str(),
                                clean_signal(event).c_str(), event.priority),
          "append an event");
    append(raw, event.details);
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

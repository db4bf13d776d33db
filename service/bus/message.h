// SPDX-License-Identifier: LGPL-2.1-or-later
// Events as D-Bus values: the explicit conversions between service/event and sdbus-c++.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <string>
#include <vector>

#include "service/event/details.h"
#include "service/event/event.h"
#include "service/event/filter.h"

namespace kevent::bus {

inline constexpr char kBusName[] = "org.kernel.Events1";

// "org.kernel.Events1.Hotplug".
std::string group_interface(event::Group group);

// Appends a{sv} straight to the message: a map of sdbus::Variant would make a message of its own
// for each value.
void append_details(sdbus::Message& message, const event::Details& details);

// What GetEvents() answers: a(ttsosya{sv}).
struct EventList {
  std::vector<event::Event> events;
};
sdbus::Message& operator<<(sdbus::Message& message, const EventList& list);

// The filter that GetEvents() was given. Throws org.kernel.Events1.Error.InvalidFilter.
event::Filter parse_filter(const std::map<std::string, sdbus::Variant>& filter);

// The kernel's spelling of the signal as text.
std::string clean_signal(const event::Event& event);

}  // namespace kevent::bus

template <>
struct sdbus::signature_of<kevent::bus::EventList> {
  static constexpr bool is_valid = true;
  static const std::string str() { return "a(ttsosya{sv})"; }
};

// SPDX-License-Identifier: LGPL-2.1-or-later
// Events on D-Bus: their signals, the answer of GetEvents(), and its filter.
#pragma once

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

#include <map>
#include <string>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/filter.h"

namespace kevent::bus {

inline constexpr char kBusName[] = "org.kernel.Events1";

// Makes the signal of an event and sends it. Throws sdbus::Error; its name is
// SD_BUS_ERROR_INVALID_ARGS where the event is no legal signal.
void send_event(sd_bus* bus, const event::Event& event);

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

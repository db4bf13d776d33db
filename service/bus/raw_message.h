// SPDX-License-Identifier: LGPL-2.1-or-later
// Values of events and device objects as D-Bus values, written straight into a message of sd-bus.
// All throw sdbus::Error.
#pragma once

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lib/event/details.h"
#include "lib/event/thermal_trip.h"
#include "service/bus/device_object.h"
#include "service/bus/raw_bus.h"

namespace kevent::bus {

void append(sd_bus_message* message, bool value);
void append(sd_bus_message* message, std::int32_t value);
void append(sd_bus_message* message, std::uint32_t value);
void append(sd_bus_message* message, std::uint64_t value);
void append(sd_bus_message* message, const std::string& value);
void append(sd_bus_message* message, const sdbus::ObjectPath& value);
void append(sd_bus_message* message, const event::DeviceNumber& value);                  // (uu)
void append(sd_bus_message* message, const LastEvent& value);                            // (ts)
void append(sd_bus_message* message, const std::vector<std::string>& values);            // as
void append(sd_bus_message* message, const std::vector<event::Trip>& values);            // a(usii)
void append(sd_bus_message* message, const std::map<std::string, std::string>& values);  // a{ss}
void append(sd_bus_message* message, const event::Details& details);                     // a{sv}

// A message that is let go of at the end.
using OwnedMessage = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

// Answers `call` with `value`. For the end of a method's handler: returns what sd-bus takes for
// "handled".
template <typename T>
int reply(sd_bus_message* call, const T& value) {
  sd_bus_message* message = nullptr;
  check(sd_bus_message_new_method_return(call, &message), "make an answer");
  const OwnedMessage owner(message, sd_bus_message_unref);
  append(message, value);
  check(sd_bus_send(nullptr, message, nullptr), "send an answer");
  return 1;
}

}  // namespace kevent::bus

// SPDX-License-Identifier: LGPL-2.1-or-later
// What sdbus-c++ wraps: the connection of sd-bus and its messages. For what sdbus-c++ 1.2.0 does
// not offer, one vtable for many objects (docs/decisions/device-vtables.md), and for what is done
// for each event, where its objects cost as much as the event. The only place that knows how to get
// at them.
#pragma once

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

namespace kevent::bus {

// Valid as long as `connection`, which goes on to drive it. For the thread that does so.
sd_bus* raw_bus(sdbus::IConnection& connection);

// The message of sd-bus in one of sdbus-c++, which goes on to own it.
sd_bus_message* raw_message(const sdbus::Message& message);

// Throws what sdbus-c++ throws for the result of a call of sd-bus that is below 0.
void check(int result, const char* what);

}  // namespace kevent::bus

// SPDX-License-Identifier: LGPL-2.1-or-later
// The sd-bus connection inside a connection of sdbus-c++, for what sdbus-c++ 1.2.0 does not offer:
// one vtable for many objects (docs/decisions/device-vtables.md). The only place that knows how to
// get at it.
#pragma once

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

namespace kevent::bus {

// Valid as long as `connection`, which goes on to drive it. For the thread that does so.
sd_bus* raw_bus(sdbus::IConnection& connection);

// Throws what sdbus-c++ throws for the result of a call of sd-bus that is below 0.
void check(int result, const char* what);

}  // namespace kevent::bus

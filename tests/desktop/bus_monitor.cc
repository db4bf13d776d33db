// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/desktop/bus_monitor.h"

#include <string_view>

#include "tests/support/failure.h"

namespace kevent::desktop {

BusMonitor::BusMonitor(const std::string& address, const std::string& rule) : bus_(address) {
  const support::Method become{"/org/freedesktop/DBus", "org.freedesktop.DBus.Monitoring",
                               "BecomeMonitor", "org.freedesktop.DBus"};
  const support::Reply reply = bus_.call(become, "asu", 1, rule.c_str(), 0U);
  if (!reply.ok()) {
    support::fail("BecomeMonitor: " + reply.error_text);
  }
  sd_bus_slot* slot = nullptr;
  support::check(sd_bus_add_filter(bus_.raw(), &slot, seen, this), "sd_bus_add_filter");
  filter_.reset(slot);
}

bool BusMonitor::sees(std::size_t count, support::Deadline deadline) {
  return bus_.process_until(deadline, [&] { return count_ >= count; });
}

std::size_t BusMonitor::count() {
  while (bus_.process() > 0) {
  }
  return count_;
}

// Taken from sd-bus, which would answer calls that are not for us: a monitor may not send. A
// monitor is also told that it has lost its name.
int BusMonitor::seen(sd_bus_message* message, void* monitor, sd_bus_error* /*error*/) {
  const char* sender = sd_bus_message_get_sender(message);
  if (sender == nullptr || std::string_view(sender) != "org.freedesktop.DBus") {
    ++static_cast<BusMonitor*>(monitor)->count_;
  }
  return 1;
}

}  // namespace kevent::desktop

// SPDX-License-Identifier: LGPL-2.1-or-later
// Sees the calls on a bus that others make of others (org.freedesktop.DBus.Monitoring).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/bus_connection.h"

namespace kevent::desktop {

class BusMonitor {
 public:
  // Sees what matches from now on. Needs the right to monitor: root, or the bus's own user.
  BusMonitor(const std::string& address, const std::string& rule);

  // True when `count` messages were seen by the deadline.
  bool sees(std::size_t count, support::Deadline deadline);
  // How many there were so far.
  std::size_t count();

 private:
  static int seen(sd_bus_message* message, void* monitor, sd_bus_error* error);

  struct Unref {
    void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
  };
  support::BusConnection bus_;
  std::unique_ptr<sd_bus_slot, Unref> filter_;
  std::size_t count_ = 0;
};

}  // namespace kevent::desktop

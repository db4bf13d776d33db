// SPDX-License-Identifier: LGPL-2.1-or-later
// Whether the bus answers, found out without waiting for it. BusSession::open() waits: sdbus-c++
// 1.2.0 sees a connection through authentication and Hello() in one go, and a bus that stands still
// would hold the main loop for 90 s. So a connection of this kind goes first, and is thrown away
// (docs/decisions/bus-probe.md). Main loop only.
#pragma once

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include <memory>
#include <string>

#include "lib/base/result.h"

namespace kevent::bus {

class BusProbe {
 public:
  // Starts to connect to `bus` (as BusSession::open() has it). The error says that nobody listens.
  static base::Result<BusProbe> start(const std::string& bus);

  // Readable when there is something to do for answered().
  int descriptor() const { return sd_event_get_fd(event_.get()); }

  // Goes on as far as it can. True when the bus has let us in, or has refused: it is there. To be
  // called at once, and then whenever the descriptor is readable.
  bool answered();

 private:
  struct Release {
    void operator()(sd_event* event) const { sd_event_unref(event); }
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
  };

  BusProbe() = default;
  int connect(const std::string& bus);

  // sd-event turns all that sd-bus waits for, which changes on the way, into one descriptor.
  std::unique_ptr<sd_event, Release> event_;
  std::unique_ptr<sd_bus, Release> bus_;
};

}  // namespace kevent::bus

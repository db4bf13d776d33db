// SPDX-License-Identifier: LGPL-2.1-or-later
// What dbus-broker needs beside it: somebody who makes its listening socket and hands it over with
// a policy, on a connection that lasts as long as the broker (dbus-broker(1), "CONTROLLER").
// dbus-broker-launch does this with systemd's help; this does it without.
#pragma once

#include <systemd/sd-bus.h>

#include <memory>
#include <string>

#include "lib/base/file_descriptor.h"

namespace kevent::support {

class BrokerController {
 public:
  BrokerController();

  // The broker's end: what it is given as `--controller`.
  int broker_end() const { return broker_end_.get(); }

  // Has the running broker listen at `path`, with a policy that lets everybody do everything.
  // Returns when it takes connections. Closes our copy of the broker's end: a broker that dies is
  // noticed.
  void listen(const std::string& path);

 private:
  struct Close {
    void operator()(sd_bus* bus) const { sd_bus_close_unref(bus); }
  };
  base::FileDescriptor broker_end_;
  std::unique_ptr<sd_bus, Close> bus_;
};

}  // namespace kevent::support

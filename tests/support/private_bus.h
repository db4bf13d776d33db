// SPDX-License-Identifier: LGPL-2.1-or-later
// A bus of a test's own, in a temporary folder, by dbus-daemon or by dbus-broker. Its limits are
// those of a system bus, its policy lets everybody do everything.
//
// dbus-daemon has the system bus's limits built in, and only session.conf raises them (dbus 1.14,
// bus/config-parser.c), so the configuration here names none. dbus-broker is told what
// dbus-broker-launch 33 tells it.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/support/broker_controller.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::support {

enum class BusKind { kDaemon, kBroker };

// dbus-daemon, or what the environment's KEVENT_TEST_BUS names: so a whole suite runs on either.
BusKind bus_kind_under_test();

// "DbusDaemon" or "DbusBroker", for the names of tests.
std::string bus_kind_name(BusKind kind);

class PrivateBus {
 public:
  explicit PrivateBus(BusKind kind = bus_kind_under_test());

  // Stays the same over stop() and start().
  const std::string& address() const { return address_; }
  pid_t pid() const { return daemon_->pid(); }

  // All connections end.
  void stop();
  // Returns when it takes connections.
  void start();

 private:
  void start_daemon();
  void start_broker();

  TemporaryDirectory directory_;
  std::string path_;
  std::string address_;
  BusKind kind_;
  std::unique_ptr<BrokerController> controller_;  // of a dbus-broker only
  std::unique_ptr<Process> daemon_;
};

}  // namespace kevent::support

// SPDX-License-Identifier: LGPL-2.1-or-later
// A dbus-daemon of a test's own, in a temporary folder. Its limits are those of a system bus: they
// are built into dbus-daemon and only raised by session.conf (dbus 1.14, bus/config-parser.c), so
// the configuration here names none. Its policy lets everybody do everything.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::support {

class PrivateBus {
 public:
  PrivateBus();

  // Stays the same over stop() and start().
  const std::string& address() const { return address_; }
  pid_t pid() const { return daemon_->pid(); }

  // All connections end.
  void stop() { daemon_.reset(); }
  // Returns when it takes connections.
  void start();

 private:
  TemporaryDirectory directory_;
  std::string address_;
  std::unique_ptr<Process> daemon_;
};

}  // namespace kevent::support

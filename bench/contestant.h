// SPDX-License-Identifier: LGPL-2.1-or-later
// The services that are measured, each as a child process on a given bus. All of them are heard by
// the same client on raw sd-bus, so that only the service differs.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/bus_connection.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::bench {

using Clock = std::chrono::steady_clock;

inline constexpr const char* kFloor = "org.kernel.Events1.Floor";

double microseconds(Clock::duration time);

// A process that has taken its name on the bus; ended, and the name free, at the end of its life.
class Contestant {
 public:
  Contestant(const std::string& bus_address, std::string name,
             const std::vector<std::string>& command,
             const std::vector<std::string>& environment = {});
  ~Contestant();
  Contestant(const Contestant&) = delete;
  Contestant& operator=(const Contestant&) = delete;

  const std::string& name() const { return name_; }
  pid_t pid() const { return process_->pid(); }
  std::string error_output() const { return process_->error_output(); }
  // Fails with what it said when it has ended by itself.
  void check_running() const;
  // From before the fork until the bus told that the name is owned.
  Clock::duration start_time() const { return start_time_; }

 private:
  std::string name_;
  support::BusConnection bus_;
  bool owned_ = false;
  Clock::time_point changed_;
  std::unique_ptr<support::Process> process_;
  Clock::duration start_time_{};
};

// The smallest program that does the same.
struct Floor : Contestant {
  explicit Floor(const std::string& bus_address);
};

// keventd with a runtime directory of its own on a tmpfs, as it is in use.
class FreshKeventd {
 public:
  explicit FreshKeventd(const std::string& bus_address);

  Contestant* operator->() { return &service_; }
  Contestant& operator*() { return service_; }

 private:
  support::TemporaryDirectory directory_;
  Contestant service_;
};

}  // namespace kevent::bench

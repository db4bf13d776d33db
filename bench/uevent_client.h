// SPDX-License-Identifier: LGPL-2.1-or-later
// A subscriber to the uevents of one service, the same for floor and keventd. It keeps the
// accounts: what was heard, in which order, and what the service said it lost.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "bench/contestant.h"
#include "lib/base/file_descriptor.h"

namespace kevent::bench {

// Not the device that the tests use: whoever runs them beside a measurement is not taken for it.
inline constexpr const char* kBenchDevice = "/devices/virtual/mem/full";
inline constexpr const char* kOfBenchDevice = ",path='/org/kernel/devices/virtual/mem/full'";

// Makes one uevent at a time, with nothing but a write(2).
class UeventTrigger {
 public:
  UeventTrigger();
  // Returns when it began.
  Clock::time_point pull();

 private:
  base::FileDescriptor uevent_;
};

class UeventClient {
 public:
  // `restriction`: what to add to the match rule; empty: everything that the service says.
  UeventClient(const std::string& bus_address, const std::string& service,
               const std::string& restriction);

  // When the callback of the next signal was called. Fails when none comes.
  Clock::time_point next();

  // Handles what arrives until `predicate` holds. False at the deadline.
  bool process_until(support::Deadline deadline, const std::function<bool()>& predicate) {
    return bus_.process_until(deadline, predicate);
  }
  int process() { return bus_.process(); }
  int descriptor() const { return bus_.descriptor(); }

  std::uint64_t count() const { return count_; }
  std::uint64_t out_of_order() const { return out_of_order_; }
  std::uint64_t told_lost() const { return told_lost_; }
  Clock::time_point last() const { return last_; }

 private:
  void take(sd_bus_message* message);

  support::BusConnection bus_;
  std::uint64_t count_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t out_of_order_ = 0;
  std::uint64_t told_lost_ = 0;
  Clock::time_point last_;
};

}  // namespace kevent::bench

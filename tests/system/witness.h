// SPDX-License-Identifier: LGPL-2.1-or-later
// A plain subscriber that reads no more than the numbers of the events, and so keeps up with any
// load. The signals alone must bring it every event: at least once, in order.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/bus_connection.h"

namespace kevent::system {

class Witness {
 public:
  explicit Witness(const std::string& address);

  // Handles what has arrived. Returns how many messages.
  int process() { return bus_.process(); }
  int descriptor() const { return bus_.descriptor(); }
  std::string unique_name() const;

  std::uint64_t last_sequence() const { return last_sequence_; }
  std::uint64_t heard() const { return heard_; }        // different events
  std::uint64_t repeated() const { return repeated_; }  // signals for an event that was heard
  std::uint64_t missed() const { return missed_; }      // sequences that were left out
  std::uint64_t losses() const { return losses_; }      // events_lost

 private:
  void take(sd_bus_message* signal);

  std::uint64_t last_sequence_ = 0;
  std::uint64_t heard_ = 0;
  std::uint64_t repeated_ = 0;
  std::uint64_t missed_ = 0;
  std::uint64_t losses_ = 0;
  support::BusConnection bus_;
};

}  // namespace kevent::system

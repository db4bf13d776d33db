// SPDX-License-Identifier: LGPL-2.1-or-later
// Records everything that the service says on the bus, in the order of its arrival: event signals,
// InterfacesAdded, InterfacesRemoved, PropertiesChanged. Order and content are asserted on it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/bus_connection.h"

namespace kevent::support {

// One signal of the service.
struct Heard {
  std::string path;
  std::string interface;
  std::string member;
  std::string signature;
  Json arguments;

  // On one of the five interfaces of events?
  bool is_event() const;
  // Of an event: ttya{sv}.
  std::uint64_t sequence() const { return arguments.at(0); }
  std::uint64_t time_us() const { return arguments.at(1); }
  unsigned priority() const { return arguments.at(2); }
  const Json& details() const { return arguments.at(3); }
  // One detail as a variant; null when it is not there.
  Json detail(const std::string& key) const;
};

// Which signals are meant; what is empty does not matter.
struct Wanted {
  std::string path;
  std::string interface;  // the last part is enough: "Fs"
  std::string member;
  std::function<bool(const Heard&)> also;

  bool matches(const Heard& heard) const;
};

// Wanted{.also = ...} for a detail that is a string.
std::function<bool(const Heard&)> with_text(const std::string& key, const std::string& value);

class Tape {
 public:
  // Runs from now on, whether the service is there already or not.
  explicit Tape(const std::string& address);

  // The first that matches, waiting for it; null at the deadline.
  const Heard* wait_for(const Wanted& wanted, Deadline deadline = within(kPatience));

  // What has been recorded and matches.
  std::vector<Heard> all(const Wanted& wanted) const;

  // The place on the tape of the first that matches; its length when there is none.
  std::size_t index_of(const Wanted& wanted) const;

  const std::deque<Heard>& recorded() const { return recorded_; }
  void clear() { recorded_.clear(); }

 private:
  BusConnection bus_;
  std::deque<Heard> recorded_;  // entries stay where they are: wait_for() gives their addresses
};

}  // namespace kevent::support

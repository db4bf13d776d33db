// SPDX-License-Identifier: LGPL-2.1-or-later
// "A client that misses nothing", in the simplest way that design allows, and independent of the
// project's client library. Pure: signals are put in, GetEvents is a function.
//
// Rules:
//   C1  Every event is handed out once, in order of sequence.
//   C2  Signals are held back until GetEvents has nothing further; those already seen are dropped.
//   C3  A gap in the live sequence, or another owner of the name: GetEvents again.
//   C4  Another log: from 0.
//   C5  What the log no longer holds is counted, not passed over.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/bus_value.h"

namespace kevent::support {

// An event as GetEvents and signals both tell it.
struct Told {
  std::uint64_t sequence = 0;
  std::uint64_t time_us = 0;
  std::string group;
  std::string object;  // on D-Bus
  std::string signal;  // the kernel's spelling
  unsigned priority = 0;
  Json details;
};

struct Page {
  std::vector<Told> events;
  std::uint64_t oldest = 0;
  std::uint64_t next = 0;
  std::string log;
};

class Contract {
 public:
  // Events above the sequence; nothing when the service can't be asked now.
  using Fetch = std::function<std::optional<Page>(std::uint64_t after)>;
  using HandOut = std::function<void(const Told&)>;

  Contract(Fetch fetch, HandOut hand_out);

  // A signal has arrived.
  void live(Told event) { held_.push_back(std::move(event)); }
  // The name has another owner, or none. What is held and comes next is handed out, since the log
  // may not have it any more; what else is held is in the log as well.
  void owner_changed();
  // Hands out all that is known. False when the service can't be asked: call it again later.
  bool settle();

  std::uint64_t position() const { return position_; }
  std::uint64_t forgotten() const { return forgotten_; }  // C5
  int logs() const { return logs_; }                      // how many different logs were seen

 private:
  void hand_out_held();
  bool catch_up();
  void take(const Page& page);

  Fetch fetch_;
  HandOut hand_out_;
  std::deque<Told> held_;
  std::string log_;
  std::uint64_t position_ = 0;
  std::uint64_t forgotten_ = 0;
  int logs_ = 0;
  bool behind_ = true;
};

}  // namespace kevent::support

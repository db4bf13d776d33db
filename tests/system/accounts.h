// SPDX-License-Identifier: LGPL-2.1-or-later
// The book-keeping of a client that misses nothing: which sequences came, which of the kernel's
// uevents, and how many were said to be lost. What the kernel numbered is either heard or counted.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "tests/support/contract.h"

namespace kevent::system {

class Accounts {
 public:
  // Takes events in the order in which they are handed out.
  void take(const support::Told& event);

  // Until the uevent of trigger_marked_uevent() is taken.
  void expect_mark(const std::string& uuid) { mark_ = uuid; }
  bool marked() const { return marked_; }

  std::uint64_t events() const { return events_; }
  std::uint64_t sequence_errors() const { return sequence_errors_; }  // repeated, or left out
  std::uint64_t uevents_twice() const { return uevents_twice_; }
  std::uint64_t losses() const { return losses_; }            // events_lost of the source uevent
  std::uint64_t lost() const { return lost_; }                // sum of their Count
  std::uint64_t lost_by_log() const { return lost_by_log_; }  // the same of the source log
  // Every events_lost had a Count.
  bool says_how_many() const { return says_how_many_; }
  // Uevents that the kernel numbered above `seqnum` and up to the newest one heard, and that were
  // not heard.
  std::uint64_t missing_since(std::uint64_t seqnum) const;

 private:
  void take_loss(const std::string& source, std::uint64_t count);

  std::string mark_;
  bool marked_ = false;
  std::uint64_t events_ = 0;
  std::uint64_t last_sequence_ = 0;
  std::uint64_t sequence_errors_ = 0;
  std::uint64_t uevents_twice_ = 0;
  std::uint64_t losses_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t lost_by_log_ = 0;
  bool says_how_many_ = true;
  std::set<std::uint64_t> heard_;
};

}  // namespace kevent::system

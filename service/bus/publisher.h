// SPDX-License-Identifier: LGPL-2.1-or-later
// Follows the log at the speed of the bus: sends a batch of signals, then waits until the bus
// driver answers, which proves that the bus has read the whole batch. Only then the log's published
// mark moves, so what the bus has not taken is sent again by the next session, also after kill -9:
// at least once, in order. Main loop only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "service/bus/bus_session.h"
#include "service/log/event_log.h"

namespace kevent::bus {

class Publisher {
 public:
  // Signals of one batch: some 80 KiB, well below what makes dbus-daemon stop reading.
  static constexpr std::size_t kBatch = 128;

  struct Callbacks {
    // The published mark has moved, and the next batch, if there is one, is under way.
    std::function<void()> progressed;
    // The log has overwritten so many events before they could be sent. The session is given up
    // then: its objects have missed them too.
    std::function<void(std::uint64_t count)> overwritten;
  };

  Publisher(log::EventLog& log, Callbacks callbacks);

  // Goes on from the published mark with this session; nullptr: there is none.
  void attach(BusSession* session);

  // Sends the next batch, unless one is under way or there is nothing to send.
  void run();

  // A batch was sent and not yet confirmed.
  bool waiting() const { return waiting_; }

 private:
  void confirmed(std::uint64_t sequence);

  log::EventLog& log_;
  Callbacks callbacks_;
  BusSession* session_ = nullptr;
  bool waiting_ = false;
};

}  // namespace kevent::bus

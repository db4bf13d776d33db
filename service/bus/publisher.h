// SPDX-License-Identifier: LGPL-2.1-or-later
// Follows the log at the speed of the bus. After each batch of signals, and a moment after the last
// signal, the bus driver is asked something cheap: its answer proves that the bus has read all that
// was sent before. Only then the log's published mark moves, so what the bus has not taken is sent
// again by the next session, also after kill -9: at least once, in order. Main loop only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "service/bus/bus_session.h"
#include "service/log/event_log.h"

namespace kevent::bus {

class Publisher {
 public:
  // The bus is asked after so many signals, some 50 KiB.
  static constexpr std::size_t kBatch = 128;
  // So many are under way at most: well below what makes dbus-daemon stop reading, and enough for
  // it never to wait for us (docs/decisions/back-pressure.md).
  static constexpr std::size_t kWindow = 4 * kBatch;

  struct Callbacks {
    // The published mark has moved, and what follows, if there is something, is under way.
    std::function<void()> progressed;
    // The log has overwritten so many events before they could be sent. The session is given up
    // then: its objects have missed them too.
    std::function<void(std::uint64_t count)> overwritten;
  };

  Publisher(log::EventLog& log, Callbacks callbacks);

  // Goes on from the published mark with this session; nullptr: there is none.
  void attach(BusSession* session);

  // Sends what the log has, as far as there is room.
  void run();

  // The log has taken `event` as its newest: sends it, from memory when nothing waits before it.
  void appended(const event::Event& event);

  // How many signals are under way; kWindow: no more are sent before the bus has answered.
  std::size_t under_way() const { return sent_ - log_.published(); }

  // Asks the bus for all that was sent. To be called a moment after unasked() became true: for a
  // lone event the bus and its clients have that moment for themselves.
  void ask();

  // Something was sent for which the bus was not asked yet.
  bool unasked() const { return asked_ < sent_; }
  // The bus was asked and has not answered yet.
  bool waiting() const { return log_.published() < asked_ && session_ != nullptr; }

 private:
  bool can_send() const;
  void send(const event::Event& event);
  bool overwritten(std::uint64_t first);
  void confirmed(std::uint64_t sequence, std::uint64_t attachment);

  log::EventLog& log_;
  Callbacks callbacks_;
  BusSession* session_ = nullptr;
  // Sequences: published mark <= asked_ <= sent_ <= the log's last one.
  std::uint64_t sent_ = 0;
  std::uint64_t asked_ = 0;
  std::uint64_t attachments_ = 0;  // how often attach() was called
  std::uint64_t damaged_ = 0;      // up to here the log could not be read whole; 0: it could
};

}  // namespace kevent::bus

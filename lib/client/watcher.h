// SPDX-License-Identifier: LGPL-2.1-or-later
// Follows the service's events for as long as a program runs: where there is no bus, no service, or
// one that refuses to answer, it says so, tries again, and goes on from its position. So whoever
// uses it misses nothing that the log still holds, and handles no Failure. For one thread, which
// calls dispatch() and wait() in turns.
//
// Rules:
//   W1  A bus that cannot be reached, or has gone, is tried again after 1 s, then after twice as
//       long each time, up to 30 s.
//   W2  A service that is away is waited for, without asking again: the bus tells when it comes.
//   W3  The position is kept through all of this.
//   W4  Paused, it is off the bus, where messages for it would pile up, and keeps its position: who
//       can take no more events for a while leaves them to the log.
#pragma once

#include <poll.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/client/bus_client.h"
#include "lib/client/event_stream.h"
#include "lib/client/follower.h"

namespace kevent::client {

enum class Presence { kNoBus, kNoService, kPresent };

class Watcher {
 public:
  using Clock = std::chrono::steady_clock;

  // `bus`: "system", "session", or the address of a bus. Connects at the first dispatch().
  Watcher(std::string bus, Follower follower);
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  // Handles what has arrived, and returns what came out of the Follower. Does not wait, except for
  // the bus's own answers while it connects.
  std::vector<Item> dispatch();

  // Sleeps until there is something to dispatch or to try again, one of `others` is ready (its
  // revents say so), or `timeout` is over; nothing: no end.
  void wait(std::optional<std::chrono::milliseconds> timeout, std::span<pollfd> others = {});

  // Leaves the bus; resume() lets the next dispatch() connect again, and go on where it was.
  void pause();
  void resume() { paused_ = false; }
  bool paused() const { return paused_; }

  // Nothing that happens from here on is missed: with a Follower that begins now, not before the
  // service has answered for the first time.
  bool follows() const { return follower_.has_position(); }

  // kNoBus while paused.
  Presence presence() const;

  // Why it is not kPresent, for people; empty while it is.
  std::string problem() const;

  // The connection in use, for other calls on the same bus; nullptr with kNoBus. Another one after
  // the bus was lost: whoever has proxies on it keeps it until they are gone.
  std::shared_ptr<BusClient> client() const { return client_; }

 private:
  void connect();
  void leave();
  void give_up(const std::string& problem);

  static constexpr std::chrono::seconds kFirstDelay{1};
  static constexpr std::chrono::seconds kLongestDelay{30};

  std::string bus_;
  Follower follower_;
  std::shared_ptr<BusClient> client_;
  std::unique_ptr<EventStream> stream_;
  std::string problem_;
  std::chrono::seconds delay_ = kFirstDelay;
  Clock::time_point try_at_{};
  bool paused_ = false;
};

}  // namespace kevent::client

// SPDX-License-Identifier: LGPL-2.1-or-later
// Brings the three together on one connection: the kernel's events and udisks2's words go to the
// automounter, and its requests to udisks2. Says once what is missing, and once that all is there.
// For one thread, which calls step() and wait() in turns.
#pragma once

#include <poll.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "automount/automounter.h"
#include "automount/notice.h"
#include "automount/rules.h"
#include "automount/udisks.h"
#include "lib/client/watcher.h"

namespace kevent::automount {

class Session {
 public:
  using Time = Automounter::Time;

  // `bus`: "system", "session", or the address of a bus. Connects at the first step().
  Session(const std::string& bus, Rules rules);

  // Handles what has arrived, and returns what there is to tell. Does not wait.
  std::vector<Notice> step(Time now);

  // Sleeps until there is something to do, or one of `others` is ready (its revents say so).
  void wait(Time now, std::span<pollfd> others);

 private:
  // What of its needs is there. One thing is told at a time: first keventd, then udisks2.
  struct Needs {
    client::Presence service;
    bool udisks;  // there, or not its turn
    bool operator==(const Needs&) const = default;
  };

  void connect(Time now);
  void exchange_with_udisks(Time now);
  std::optional<Notice> what_is_missing();

  client::Watcher watcher_;
  Automounter automounter_;
  std::unique_ptr<Udisks> udisks_;
  std::shared_ptr<client::BusClient> connected_;  // that udisks_ is on
  std::optional<bool> udisks_there_;              // nothing: not known yet
  bool follows_ = false;                          // the kernel's events
  std::optional<Needs> said_;                     // what was last told
};

}  // namespace kevent::automount

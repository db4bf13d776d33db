// SPDX-License-Identifier: LGPL-2.1-or-later
// "A client that misses nothing" as a state machine: what arrives live and what GetEvents answers
// go in, every event comes out once and in order. Knows neither D-Bus nor a clock, so every client
// shares it, whatever its library. The user of the class moves the messages, in the order in which
// the bus delivers them.
//
// Rules:
//   F1  Every sequence comes out once, in order, under one log. Live, only the next one is handed
//       out at once, and one already seen is dropped.
//   F2  A gap in what arrives live, or a service that appears, starts catching up. What arrives
//       meanwhile is held back.
//   F3  Catching up asks from the position again and again. It ends when `next` no longer moves, or
//       reaches what is held: from there on the signals tell all. The held events follow, minus
//       those seen. Where they go on from the position at once, the answer is not needed: a client
//       that is slow has signals waiting which the log no longer holds.
//   F4  A gap between the position and what is held: ask again. Events that were held before the
//       question and that the answer does not know are not of this log, and dropped. So it ends.
//   F5  Sequences up to `next` that an answer lacks are no longer in the log: Overwritten tells how
//       many.
//   F6  Another log: NewLog, and from 0. Nothing of the old one comes after it.
//   F7  Without a service nothing is wanted, and nothing is held.
//   F8  At most `most_held` events are held. One more, and all are dropped, and asked for once
//       more: they are in the log.
//   F9  "From now" hands out nothing up to the last sequence at the time of the first answer.
//   F10 A start beyond the end of the log is its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/event/event.h"

namespace kevent::client {

// What GetEvents returns.
struct Answer {
  std::vector<event::Event> events;
  std::uint64_t oldest = 0;
  std::uint64_t next = 0;
  std::string log;
};

// So many events happened here, and the log no longer holds them.
struct Overwritten {
  std::uint64_t count = 0;
  bool operator==(const Overwritten&) const = default;
};

// The log was replaced: sequences start again, and nobody knows what the old one held last.
struct NewLog {
  bool operator==(const NewLog&) const = default;
};

using Item = std::variant<event::Event, Overwritten, NewLog>;

class Follower {
 public:
  static constexpr std::size_t kMostHeld = 10000;

  // Everything that happens from now on.
  static Follower from_now(std::size_t most_held = kMostHeld);
  // Everything above `sequence`.
  static Follower since(std::uint64_t sequence, std::size_t most_held = kMostHeld);

  // A signal of the service's present owner.
  void live(event::Event event);

  // Somebody owns the service's name (also when it is somebody else than before), or nobody does.
  // An answer to a question that was put before this must not be given to answer() any more.
  void owner_changed(bool present);

  // To the question of wants(), without a filter.
  void answer(Answer answer);

  // The `after` to ask GetEvents for; nothing while no question is needed. Stays the same until
  // something goes in: to put one question at a time is the caller's part.
  std::optional<std::uint64_t> wants() const;

  // It is known what comes out next: nothing that happens from here on is missed.
  bool has_position() const { return position_.has_value(); }

  // What came out since the last call.
  std::vector<Item> take();

 private:
  enum class State { kAway, kCatchingUp, kLive };

  Follower(std::optional<std::uint64_t> position, std::size_t most_held)
      : position_(position), most_held_(most_held) {}

  void hold(event::Event event);
  void forget_held(std::size_t count);
  void drop_seen();
  void start_over(std::string log);
  bool advance(Answer& answer);
  void release_held();
  void hand_out(event::Event event);
  void tell_overwritten(std::uint64_t count);

  State state_ = State::kAway;
  std::optional<std::uint64_t> position_;  // the last sequence that came out; nothing: from now
  std::optional<std::string> log_;         // whose sequences these are, once known
  std::deque<event::Event> held_;
  std::size_t held_before_question_ = 0;  // at least so many of held_ are older than the question
  bool dropped_held_ = false;             // F8: a question that is younger than this is due
  std::size_t most_held_;
  std::vector<Item> items_;
};

}  // namespace kevent::client

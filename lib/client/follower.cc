// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/client/follower.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace kevent::client {

Follower Follower::from_now(std::size_t most_held) {
  return Follower(std::nullopt, most_held);
}

Follower Follower::since(std::uint64_t sequence, std::size_t most_held) {
  return Follower(sequence, most_held);
}

void Follower::live(event::Event event) {
  if (state_ == State::kAway) return;
  if (state_ == State::kCatchingUp) return hold(std::move(event));
  if (event.sequence <= *position_) return;
  if (event.sequence == *position_ + 1) return hand_out(std::move(event));
  state_ = State::kCatchingUp;
  hold(std::move(event));
}

void Follower::owner_changed(bool present) {
  forget_held(held_.size());
  dropped_held_ = false;
  state_ = present ? State::kCatchingUp : State::kAway;
}

void Follower::answer(Answer answer) {
  if (state_ != State::kCatchingUp) return;
  const bool first_answer = !log_;
  if (!first_answer && *log_ != answer.log) return start_over(std::move(answer.log));
  log_ = std::move(answer.log);

  drop_seen();
  if (position_ && !held_.empty() && held_.front().sequence == *position_ + 1) {
    dropped_held_ = false;
    return release_held();
  }

  bool at_the_end = true;
  if (!position_ || (first_answer && answer.next < *position_)) {
    position_ = answer.next;
  } else {
    at_the_end = !advance(answer);
  }
  drop_seen();
  if (at_the_end) forget_held(std::exchange(held_before_question_, 0));
  const bool reached_held = !held_.empty() && held_.front().sequence == *position_ + 1;
  if (!at_the_end && !reached_held) return;
  if (std::exchange(dropped_held_, false) && !reached_held) return;
  release_held();
}

std::optional<std::uint64_t> Follower::wants() const {
  if (state_ != State::kCatchingUp) return std::nullopt;
  return position_.value_or(std::numeric_limits<std::uint64_t>::max());
}

std::vector<Item> Follower::take() {
  return std::exchange(items_, {});
}

void Follower::hold(event::Event event) {
  if (held_.size() >= most_held_) {
    forget_held(held_.size());
    dropped_held_ = true;
    return;
  }
  held_.push_back(std::move(event));
}

// The first `count` of what is held, or all.
void Follower::forget_held(std::size_t count) {
  count = std::min(count, held_.size());
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
  held_before_question_ -= std::min(count, held_before_question_);
}

void Follower::drop_seen() {
  if (!position_) return;
  std::size_t seen = 0;
  while (seen < held_.size() && held_[seen].sequence <= *position_) ++seen;
  forget_held(seen);
}

void Follower::start_over(std::string log) {
  items_.emplace_back(NewLog{});
  log_ = std::move(log);
  position_ = 0;
  forget_held(held_.size());
}

// Hands out what the answer holds above the position, and moves to its `next`. Returns whether the
// position moved.
bool Follower::advance(Answer& answer) {
  const std::uint64_t before = *position_;
  for (event::Event& event : answer.events) {
    if (event.sequence <= *position_) continue;
    tell_overwritten(event.sequence - *position_ - 1);
    hand_out(std::move(event));
  }
  if (answer.next > *position_) {
    tell_overwritten(answer.next - *position_);
    position_ = answer.next;
  }
  return *position_ > before;
}

// The end of catching up, unless a gap in what is held makes it go on.
void Follower::release_held() {
  for (drop_seen(); !held_.empty(); drop_seen()) {
    if (held_.front().sequence > *position_ + 1) {
      held_before_question_ = held_.size();
      return;
    }
    hand_out(std::move(held_.front()));
  }
  state_ = State::kLive;
}

void Follower::hand_out(event::Event event) {
  position_ = event.sequence;
  items_.emplace_back(std::move(event));
}

void Follower::tell_overwritten(std::uint64_t count) {
  if (count == 0) return;
  if (!items_.empty()) {
    if (auto* last = std::get_if<Overwritten>(&items_.back())) {
      last->count += count;
      return;
    }
  }
  items_.emplace_back(Overwritten{count});
}

}  // namespace kevent::client

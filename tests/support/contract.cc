// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/contract.h"

#include <utility>

namespace kevent::support {

Contract::Contract(Fetch fetch, HandOut hand_out)
    : fetch_(std::move(fetch)), hand_out_(std::move(hand_out)) {}

void Contract::owner_changed() {
  hand_out_held();
  held_.clear();
  behind_ = true;
}

bool Contract::settle() {
  do {
    if (behind_ && !catch_up()) {
      return false;
    }
    behind_ = false;
    hand_out_held();
  } while (behind_);
  return true;
}

void Contract::hand_out_held() {
  while (!held_.empty() && !behind_) {
    const Told event = std::move(held_.front());
    held_.pop_front();
    if (event.sequence == position_ + 1) {
      position_ = event.sequence;
      hand_out_(event);
    } else {
      behind_ = event.sequence > position_;
    }
  }
}

bool Contract::catch_up() {
  for (;;) {
    const std::optional<Page> page = fetch_(position_);
    if (!page) {
      return false;
    }
    if (page->log != log_) {
      log_ = page->log;
      ++logs_;
      if (position_ != 0) {
        position_ = 0;
        continue;
      }
    }
    const std::uint64_t before = position_;
    take(*page);
    if (position_ == before) {
      return true;
    }
  }
}

void Contract::take(const Page& page) {
  if (page.oldest > position_ + 1) {
    forgotten_ += page.oldest - position_ - 1;
  }
  for (const Told& event : page.events) {
    position_ = event.sequence;
    hand_out_(event);
  }
  if (page.next > position_) {
    position_ = page.next;
  }
}

}  // namespace kevent::support

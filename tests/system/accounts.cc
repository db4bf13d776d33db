// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/system/accounts.h"

#include <iterator>

#include "tests/system/service.h"

namespace kevent::system {

void Accounts::take(const support::Told& event) {
  ++events_;
  sequence_errors_ += event.sequence == last_sequence_ + 1 ? 0U : 1U;
  last_sequence_ = event.sequence;
  if (const std::uint64_t seqnum = kernel_seqnum(event.details); seqnum != 0) {
    uevents_twice_ += heard_.insert(seqnum).second ? 0U : 1U;
    marked_ = marked_ || (!mark_.empty() && is_marked(event.details, mark_));
  } else if (event.signal == "events_lost") {
    take_loss(event.details.at("Source").at("data"), event.details.at("Count").at("data"));
  }
}

void Accounts::take_loss(const std::string& source, std::uint64_t count) {
  says_how_many_ = says_how_many_ && count != 0;
  if (source == "uevent") {
    ++losses_;
    lost_ += count;
  } else if (source == "log") {
    lost_by_log_ += count;
  }
}

std::uint64_t Accounts::missing_since(std::uint64_t seqnum) const {
  const auto first = heard_.upper_bound(seqnum);
  if (first == heard_.end()) {
    return 0;
  }
  const auto count = static_cast<std::uint64_t>(std::distance(first, heard_.end()));
  return *heard_.rbegin() - seqnum - count;
}

}  // namespace kevent::system

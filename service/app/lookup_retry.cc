// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/app/lookup_retry.h"

#include <algorithm>
#include <utility>

namespace kevent::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstDelay{1000};
constexpr milliseconds kLongestDelay{64'000};

}  // namespace

LookupRetry::LookupRetry(base::Failures& failures, std::function<void()> resync)
    : failures_(failures),
      resync_(std::move(resync)),
      delay_(kFirstDelay),
      timer_([this] { expired(); }) {
  failures_.on_failure([this] { failed(); });
}

void LookupRetry::failed() {
  if (!timer_.running()) timer_.start(delay_);
}

void LookupRetry::expired() {
  if (count_before_round_ == failures_.count()) {
    count_before_round_.reset();
    delay_ = kFirstDelay;
    failures_.clear();
    return;
  }
  if (count_before_round_) delay_ = std::min(delay_ * 2, kLongestDelay);
  count_before_round_ = failures_.count();
  timer_.start(delay_);
  resync_();
}

}  // namespace kevent::app

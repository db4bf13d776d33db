// SPDX-License-Identifier: LGPL-2.1-or-later
// After a failed lookup everything is read again: a second later, then less and less often, until
// one round passes without a failure. This resyncs what a shortage of descriptors hid, and clears
// `Problem`. After some two minutes only a failure that may pass by itself starts it anew, so one
// broken attribute does not keep the machine awake.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "lib/base/failures.h"
#include "service/app/main_loop.h"

namespace kevent::app {

class LookupRetry {
 public:
  // `resync`: has all sources and objects look at the kernel's state again. It may return before
  // they have.
  LookupRetry(base::Failures& failures, std::function<void()> resync);

 private:
  void failed();
  void expired();

  base::Failures& failures_;
  std::function<void()> resync_;
  std::chrono::milliseconds delay_;
  std::optional<std::uint64_t> count_before_round_;
  bool is_permanent_ = false;
  Timer timer_;
};

}  // namespace kevent::app

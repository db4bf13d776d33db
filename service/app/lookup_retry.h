// SPDX-License-Identifier: LGPL-2.1-or-later
// After a failed lookup everything is looked at once more: a second later, then less and less
// often, until one round passes without a failure. So what a lack of descriptors has cost is made
// good, and a `Problem` that is over goes away.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "service/app/main_loop.h"
#include "service/base/failures.h"

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
  Timer timer_;
};

}  // namespace kevent::app

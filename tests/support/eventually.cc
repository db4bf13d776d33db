// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/eventually.h"

#include <poll.h>

#include <algorithm>

namespace kevent::support {
namespace {

using std::chrono::milliseconds;

// What has no descriptor is looked at this often; what has one, again after this long in case the
// condition hangs on something else as well.
constexpr milliseconds kBlind{5};
constexpr milliseconds kReadable{100};

}  // namespace

Deadline within(milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

bool eventually(Deadline deadline, const std::function<bool()>& predicate, int descriptor) {
  while (!predicate()) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= milliseconds::zero()) {
      return false;
    }
    pollfd entry{.fd = descriptor, .events = POLLIN, .revents = 0};
    const milliseconds pause = std::min(left, descriptor < 0 ? kBlind : kReadable);
    ::poll(&entry, 1, static_cast<int>(pause.count()));
  }
  return true;
}

}  // namespace kevent::support

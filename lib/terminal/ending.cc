// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/terminal/ending.h"

#include <signal.h>
#include <sys/signalfd.h>

#include <algorithm>

namespace kevent::terminal {

using std::chrono::milliseconds;

base::FileDescriptor take_signals(std::initializer_list<int> numbers) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : numbers) sigaddset(&signals, number);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  return base::FileDescriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

Deadline::Deadline(std::optional<milliseconds> timeout) {
  if (timeout) at_ = Clock::now() + *timeout;
}

std::optional<milliseconds> Deadline::remaining() const {
  if (!at_) return std::nullopt;
  const auto left = std::chrono::ceil<milliseconds>(*at_ - Clock::now());
  return std::max(left, milliseconds::zero());
}

}  // namespace kevent::terminal

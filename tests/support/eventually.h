// SPDX-License-Identifier: LGPL-2.1-or-later
// Waiting in tests: always for a condition, always with a deadline, never for a length of time.
#pragma once

#include <chrono>
#include <functional>

namespace kevent::support {

using Deadline = std::chrono::steady_clock::time_point;

// What a healthy service needs at the very most, also with sanitizers on a busy machine.
inline constexpr std::chrono::seconds kPatience{20};

Deadline within(std::chrono::milliseconds time);

// True as soon as `predicate` is, false at the deadline. Between two looks it blocks until
// `descriptor` is readable; without one, for a few milliseconds.
bool eventually(Deadline deadline, const std::function<bool()>& predicate, int descriptor = -1);

}  // namespace kevent::support

// SPDX-License-Identifier: LGPL-2.1-or-later
// The failed system calls of one component. A failed call is never an ordinary outcome: each is
// logged once, and is part of the component's `Problem` until the same thing works again. Callers
// get "nothing" for it, as for what does not exist, and compare count() where the difference
// matters. Main loop only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "lib/base/result.h"

namespace kevent::base {

// The object does not exist, or no longer does: the one kind of error that is an ordinary outcome.
bool is_absence(const Error& error);

// Lack of a resource (descriptors, memory): trying again later may help.
bool is_transient(const Error& error);

class Failures {
 public:
  // Failures of further subjects are counted and reported, but not remembered one by one.
  static constexpr std::size_t kMostSubjects = 64;

  // `component` opens each log line; `cost` says what is missing because of these failures.
  Failures(std::string component, std::string cost);

  // `subject` (a path) could not be looked at.
  void failed(const std::string& subject, const Error& error);
  // `subject` was looked at successfully.
  void succeeded(const std::string& subject) {
    if (!failing_.empty()) forget(subject);
  }
  // Everything was tried again, and nothing failed.
  void clear();

  // Called at each failure.
  void on_failure(std::function<void()> callback) { callback_ = std::move(callback); }

  // Grows by one with each failure.
  std::uint64_t count() const { return count_; }
  // Why the last call failed. Only when count() > 0.
  const Error& last() const { return *last_; }

  // What does not work now and what that costs; empty: everything works.
  std::string problem() const;

 private:
  void forget(const std::string& subject);

  std::string component_;
  std::string cost_;
  std::function<void()> callback_;
  std::map<std::string, Error> failing_;  // by subject
  std::uint64_t count_ = 0;
  std::optional<Error> last_;
};

}  // namespace kevent::base

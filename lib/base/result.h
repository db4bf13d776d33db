// SPDX-License-Identifier: LGPL-2.1-or-later
// A value, or the reason why there is none. This is how failures of resources travel: with errno
// and one context, unchanged from where they happened to where they are logged once. Ordinary
// outcomes (an object that is gone) are optionals; defects terminate.
#pragma once

#include <cerrno>
#include <string>
#include <utility>
#include <variant>

namespace kevent::base {

struct Error {
  int code = 0;         // errno's value; 0 where the kernel had no part in it
  std::string context;  // what was being done, to what

  // "context: No such file or directory"
  std::string message() const;
};

// The error of the system call that has just failed, with what it was about.
Error last_error(std::string context);

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Only when ok(); anything else is a defect and terminates.
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Only when not ok().
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

// What a function without a value returns.
struct Done {};
using Status = Result<Done>;

}  // namespace kevent::base

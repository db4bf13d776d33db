// SPDX-License-Identifier: LGPL-2.1-or-later
// Why a client cannot go on. Thrown by this library's D-Bus half alone, never out of a callback; a
// program turns the kind into its exit code.
#pragma once

#include <stdexcept>
#include <string>

namespace kevent::client {

class Failure : public std::runtime_error {
 public:
  enum class Kind {
    kNoBus,         // the bus cannot be reached, or has gone away
    kNoService,     // nobody owns org.kernel.Events1, and nothing starts it
    kNoSuchObject,  // the service knows no such object
    kRefused,       // the service answered with another error, or not at all
  };

  Failure(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

}  // namespace kevent::client

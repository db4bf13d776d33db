// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/result.h"

#include <system_error>

namespace kevent::base {

std::string Error::message() const {
  if (code == 0) return context;
  return context + ": " + std::generic_category().message(code);
}

Error last_error(std::string context) {
  return Error{errno, std::move(context)};
}

}  // namespace kevent::base

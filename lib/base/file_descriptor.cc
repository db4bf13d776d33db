// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/file_descriptor.h"

#include <unistd.h>

namespace kevent::base {

// close() is not repeated on EINTR: Linux has released the number by then.
FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) ::close(number_);
}

}  // namespace kevent::base

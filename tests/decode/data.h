// SPDX-License-Identifier: LGPL-2.1-or-later
// The recorded files in tests/decode/data.
#pragma once

#include <string>

#include "lib/base/files.h"

namespace kevent::decode {

// The file's bytes; a file that is missing ends the test program.
inline std::string read_data(const std::string& name) {
  return base::read_file(KEVENT_DECODE_DATA "/" + name).value();
}

}  // namespace kevent::decode

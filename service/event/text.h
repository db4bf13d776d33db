// SPDX-License-Identifier: LGPL-2.1-or-later
// Bytes of the kernel (labels, paths, file names) as text that D-Bus accepts and a person may read.
#pragma once

#include <string>
#include <string_view>

namespace kevent::event {

// True where `bytes` is UTF-8 that sd-bus and libdbus both take (so without noncharacters) and has
// no control character (C0, DEL, C1).
bool is_clean_text(std::string_view bytes);

// `bytes` with every byte that is no valid UTF-8 or belongs to a control character written as \xNN
// (lower-case hex). Clean text stays as it is.
std::string clean_text(std::string_view bytes);

}  // namespace kevent::event

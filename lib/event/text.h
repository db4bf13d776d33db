// SPDX-License-Identifier: LGPL-2.1-or-later
// Untrusted text (labels, paths and file names from the kernel; messages from other programs) in
// the three forms in which it leaves this project: for D-Bus, for display, for markup. Nothing else
// in the tree escapes text.
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

// Clean text in which every character that is invisible or changes the order of its neighbours
// (Unicode's format characters, line and paragraph separators, fillers) is written as \u{NNNN}.
// Safe to print on a terminal and to show in a window as plain text.
std::string display_text(std::string_view bytes);

// `text` with & < > " ' as entities, for HTML and the markup of notifications. Untrusted text in it
// has gone through display_text() before.
std::string markup_text(std::string_view text);

}  // namespace kevent::event

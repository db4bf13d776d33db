// SPDX-License-Identifier: LGPL-2.1-or-later
// An event as bytes, and back. Used by the log's records and by the snapshot of the state.
//
// The form is strict (one event, one encoding) and knows no checksum: who keeps the bytes proves
// that they are the ones that were written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "lib/event/event.h"

namespace kevent::log {

// Appends the encoding of `event` under the number `sequence` to `bytes`: everything else that it
// has and nothing more, host byte order (a log never leaves its machine). Whoever changes the form
// raises kVersion of log_file.cc and snapshot.cc.
void encode_event(const event::Event& event, std::uint64_t sequence, std::string& bytes);

// The inverse; nothing when `bytes` is not exactly one encoding.
std::optional<event::Event> decode_event(std::span<const std::byte> bytes);

}  // namespace kevent::log

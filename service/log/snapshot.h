// SPDX-License-Identifier: LGPL-2.1-or-later
// A KernelState as bytes, and back: the events that build it up from nothing, in the log's own
// encoding, behind a header that says to which log and sequence it belongs. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/event/kernel_state.h"

namespace kevent::log {

struct Snapshot {
  std::string log_id;          // 32 hex digits
  std::uint64_t sequence = 0;  // of the last event in the state
  event::KernelState state;
};

std::string encode_snapshot(std::string_view log_id, std::uint64_t sequence,
                            const event::KernelState& state);

// The inverse; nothing when `bytes` is not one whole snapshot.
std::optional<Snapshot> decode_snapshot(std::string_view bytes);

}  // namespace kevent::log

// SPDX-License-Identifier: LGPL-2.1-or-later
// The automounter's own events, and how they are printed. Pure.
//
// Invariant: nothing that a device calls itself reaches a terminal as it is, and a line of JSON is
// ASCII.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "automount/block_device.h"

namespace kevent::automount {

struct Notice {
  enum class Kind {
    kReady,    // everything that it needs is there, and it has looked at what there is
    kWaiting,  // something that it needs is not there: `reason`
    kMounted,
    kUnmounted,
    kRemovedWhileMounted,
    kEjected,
    kLocked,
    kIgnored,  // by the user's rule
    kFailed,
  };
  Kind kind = Kind::kReady;
  BlockDevice device;  // empty for kReady and kWaiting
  std::string reason;  // a sentence for people; empty: none is needed

  bool operator==(const Notice&) const = default;
};

// For people, and safe for a terminal.
std::string notice_line(const Notice& notice);

// {"event", "device", "object", "label", "uuid", "drive", "mount_point", "reason"}: those of them
// that are not empty. A control character, or a byte that is no UTF-8, is \xNN.
nlohmann::json notice_json(const Notice& notice);

}  // namespace kevent::automount

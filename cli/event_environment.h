// SPDX-License-Identifier: LGPL-2.1-or-later
// An event as the environment of the command that is run for it. A pure function. What it tells is
// in the event's JSON as well, and that alone has all.
//
// Rules:
//   E1  KEVENT_SEQUENCE, KEVENT_TIME (ISO 8601, UTC), KEVENT_TIME_US (since the epoch),
//       KEVENT_GROUP, KEVENT_OBJECT (path on D-Bus), KEVENT_SYSFS_PATH, KEVENT_SIGNAL and
//       KEVENT_PRIORITY are always there.
//   E2  A detail is KEVENT_DETAIL_ and its key in upper snake case: MountPoint is
//       KEVENT_DETAIL_MOUNT_POINT. A boolean is true or false, a device number MAJOR:MINOR.
//   E3  The kernel's own KEY=VALUE of a uevent is KEVENT_UEVENT_KEY.
//   E4  Text is clean text. Bytes are left to the JSON, and so is what makes no name of a variable
//       and what is longer than kLongestValue.
//   E5  A name is there once; the first in the order of the details counts.
//   E6  Nothing named KEVENT_* is inherited, and all else is: no value comes from elsewhere.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "lib/event/event.h"

namespace kevent::cli {

// The kernel refuses to start a program with a variable of 128 KiB (Linux, MAX_ARG_STRLEN).
inline constexpr std::size_t kLongestValue = 32768;

// "NAME=VALUE" each. `inherited`: the same, of this process.
std::vector<std::string> event_environment(const event::Event& event,
                                           const std::vector<std::string>& inherited);

}  // namespace kevent::cli

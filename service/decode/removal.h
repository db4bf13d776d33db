// SPDX-License-Identifier: LGPL-2.1-or-later
// The removal of a block device that is still mounted -> an event of its own, since data may be
// lost. Pure.
//
// Rules:
//   R1  A `remove` of a device on which one of the known mounts is: Storage `removed_while_mounted`,
//       priority 3, on the same object. It is for the caller to emit it before the `remove`.
//       Any other event: nothing.
//   R2  Details: what the removal says of the device; MountPoints, whole mounts before bind mounts,
//       the oldest first; FileSystem, that of the first one; ReadOnly where all mounts are
//       read-only.
//   R3  The mounts stay known, with their objects: their end is still to come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/event/event.h"
#include "service/event/kernel_state.h"

namespace kevent::decode {

// `stacked`: the removed object and those that lie on it (device mapper).
std::optional<event::Event> removed_while_mounted(const event::KernelState& known,
                                                  const event::Event& removal,
                                                  const std::vector<std::string>& stacked);

}  // namespace kevent::decode

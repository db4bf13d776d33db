// SPDX-License-Identifier: LGPL-2.1-or-later
// The removal of a block device that is still mounted -> an event of its own, since data may be
// lost. Pure.
//
// Rules:
//   R1  A `remove` of a device on which one of the known mounts is: Storage `removed_while_mounted`,
//       priority 3, on the same object. The caller emits it before the `remove`.
//       Any other event: nothing.
//   R2  Details: what the removal says of the device; MountPoints, whole mounts before bind mounts,
//       the oldest first; FileSystem, that of the first one; ReadOnly where all mounts are
//       read-only. Of more mount points than kMostMountPoints the rest is left out, and Mounts is
//       the number of all.
//   R3  The mounts stay known, with their objects: their end is still to come.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/kernel_state.h"

namespace kevent::decode {

// So many fit into one event, whatever their length.
inline constexpr std::size_t kMostMountPoints = 8;

// `stacked`: the removed object and those that are stacked on it (device mapper).
std::optional<event::Event> removed_while_mounted(const event::KernelState& known,
                                                  const event::Event& removal,
                                                  const std::vector<std::string>& stacked);

}  // namespace kevent::decode

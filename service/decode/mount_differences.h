// SPDX-License-Identifier: LGPL-2.1-or-later
// What has changed among the mounts -> events. Pure: what needs a look at the machine is asked of
// the caller.
//
// Comparing is not libmount's: it pairs mounts by source and target, so it takes two mounts of one
// device at one place for one, and looks through the whole table for each entry
// (docs/decisions/mount-table.md). Here mounts are the same when id, device, root and type are.
//
// Rules:
//   M1  In the known mounts but not found: `umount`. Found but not known: `mount`. An id whose
//       device, root or type differs was used again: `umount`, then `mount`. Of two found mounts
//       with one id the last one counts.
//   M2  Same mount at another place: `remount` with OldMountPoint. Same place, other options:
//       `remount`. Both: one `remount`. Another source alone is no event: btrfs names any of
//       its devices.
//   M3  Order: umounts, then remounts, then mounts, each by mount id. In a burst the kernel's
//       own order can't be known from two states of the table.
//   M4  Mounts (u) counts the mount points of the same device number that are left after the event.
//   M5  One event for each of the mount's objects (one, but for filesystems on several devices). A
//       new mount for which the caller knows none speaks as /fs/TYPE.
//   M6  Priority 5 for mount and umount, 7 for remount.
//   M7  A mount that nobody has seen (event::Mount::unseen()) speaks as /fs, by its id alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/kernel_state.h"

namespace kevent::decode {

// The kernel objects that emit a mount's events; called once for each mount that is new. Nothing:
// they could not be looked up for now, so the mount is left for a later comparison.
using MountObjects = std::function<std::optional<std::vector<std::string>>(const event::Mount&)>;

// What turns `known` into `found`, as events with details set_mount_details(), Source "mount",
// Mounts and, where they apply, OldMountPoint and Synthesized.
std::vector<event::Event> mount_differences(const event::KernelState& known,
                                            const std::vector<event::Mount>& found,
                                            const MountObjects& objects, bool synthesized,
                                            std::uint64_t time_us);

// The same for one mount: `found` is what is to be seen at its id now.
std::vector<event::Event> mount_found(const event::KernelState& known, const event::Mount& found,
                                      const MountObjects& objects, std::uint64_t time_us);
// There is no mount of this id any more.
std::vector<event::Event> mount_gone(const event::KernelState& known, std::uint64_t id,
                                     std::uint64_t time_us);

}  // namespace kevent::decode

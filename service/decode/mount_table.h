// SPDX-License-Identifier: LGPL-2.1-or-later
// The mount table, /proc/self/mountinfo, -> mounts, and two states of it -> events. The bytes come
// from the caller, and what needs a look at the machine is asked of it. One exception: where a
// source is "/dev/root", libmount 2.38 itself asks /sys/dev/block and the kernel's command line for
// a better name.
//
// Parsing is libmount's. Comparing is not: libmount pairs mounts by source and target, so it takes
// two mounts of one device at one place for one, and looks through the whole table for each entry
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
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "service/event/event.h"
#include "service/event/kernel_state.h"

namespace kevent::decode {

struct MountTable {
  std::vector<event::Mount> mounts;  // `objects` is empty: bytes alone don't tell them
  std::uint64_t rejected = 0;        // lines that are no mount
};

// Takes any bytes. A line that is no mount is counted and passed over. `root` is without the
// "//deleted" that the kernel appends once that directory is removed: the mount is still itself.
MountTable parse_mount_table(std::string_view mountinfo);

// The kernel objects that speak for a mount; called once for each mount that is new.
using MountObjects = std::function<std::vector<std::string>(const event::Mount&)>;

// What turns `known` into `found`, as events with details set_mount_details(), Source "mount",
// Mounts and, where they apply, OldMountPoint and Synthesized.
std::vector<event::Event> mount_differences(const event::KernelState& known,
                                            const MountTable& found, const MountObjects& objects,
                                            bool synthesized, std::uint64_t time_us);

}  // namespace kevent::decode

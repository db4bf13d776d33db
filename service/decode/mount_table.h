// SPDX-License-Identifier: LGPL-2.1-or-later
// The mount table as text, /proc/self/mountinfo, -> mounts. Parsing is libmount's
// (docs/decisions/mount-table.md). The bytes come from the caller. One exception: where a source is
// "/dev/root", libmount 2.38 itself asks /sys/dev/block and the kernel's command line for a better
// name.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/event/kernel_state.h"

namespace kevent::decode {

struct MountTable {
  std::vector<event::Mount> mounts;  // `objects` is empty: bytes alone don't tell them
  std::uint64_t rejected = 0;        // lines that are no mount
};

// Takes any bytes. A line that is no mount is counted and passed over. `root` is without the
// "//deleted" that the kernel appends once that directory is removed: the mount is still itself.
MountTable parse_mount_table(std::string_view mountinfo);

}  // namespace kevent::decode

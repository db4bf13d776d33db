// SPDX-License-Identifier: LGPL-2.1-or-later
// Which kernel objects emit the events of a mount, and which devices lie on which.
#pragma once

#include <string>
#include <vector>

#include "lib/event/kernel_state.h"
#include "service/sysfs/sysfs.h"

namespace kevent::sysfs {

// The kernel objects that emit a mount's events: the block device of its device number; of btrfs
// and bcachefs, whose number is anonymous, each member device; else none.
std::vector<std::string> mount_objects(const Sysfs& sysfs, const event::Mount& mount);

// `object` and the device-mapper devices that are stacked on it alone, directly or by one another:
// a LUKS volume on the partition that it is in. Those on several devices (multipath, mirrors, a
// volume that spans disks) are left out: what they lose is theirs to report. Works as well when the
// device has just gone.
std::vector<std::string> stacked_on(const Sysfs& sysfs, const event::KernelState& known,
                                    const std::string& object);

}  // namespace kevent::sysfs

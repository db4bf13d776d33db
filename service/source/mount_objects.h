// SPDX-License-Identifier: LGPL-2.1-or-later
// Who speaks for a mount.
#pragma once

#include <string>
#include <vector>

#include "service/event/kernel_state.h"
#include "service/source/sysfs.h"

namespace kevent::source {

// The kernel objects that speak for a mount: the block device of its device number; of btrfs and
// bcachefs, whose number is anonymous, each member device; else none.
std::vector<std::string> mount_objects(const Sysfs& sysfs, const event::Mount& mount);

}  // namespace kevent::source

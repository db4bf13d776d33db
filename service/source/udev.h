// SPDX-License-Identifier: LGPL-2.1-or-later
// udev's own messages: when what udev knows of a device has changed. udev's queue is slow and the
// kernel has reported before, so a message makes an event only of what the kernel did not know: the
// size of a new medium, which udevd has made the driver read.
#pragma once

#include <memory>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {

// Has each object that a message names refreshed ("/": all, after an overrun). A device whose size
// is not the known one since its medium was changed gets the event of
// decode/device_differences.h, rule D2.
base::Result<std::unique_ptr<Source>> open_udev_source(Sink& sink, const event::KernelState& known,
                                                       const sysfs::Sysfs& sysfs);

}  // namespace kevent::source

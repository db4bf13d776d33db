// SPDX-License-Identifier: LGPL-2.1-or-later
// What udev knows: the list of devices, their properties, and, by its own messages, when these have
// changed. udev's queue is slow and the kernel has reported before, so a message makes an event
// only of what the kernel did not know: the size of a new medium, which udevd has made the driver
// read. The only user of libudev.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/event/details.h"
#include "lib/event/kernel_state.h"
#include "service/source/source.h"

namespace kevent::source {

class Sysfs;

// The kernel paths of all devices that udev enumerates, whether udevd runs or not.
base::Result<std::vector<std::string>> enumerate_devices();

// udevd has processed the device. False when there is no such device.
base::Result<bool> is_initialized(const std::string& sysfs_path);

// udev's properties of the device, as clean text. ENODEV when there is no such device.
base::Result<event::Environment> udev_properties(const std::string& sysfs_path);

// Whether udevd has found a medium in this optical drive. ENODEV where udevd has not looked at it.
base::Result<bool> has_optical_medium(const std::string& sysfs_path);

// Receives udevd's messages, and has each object that they name refreshed ("/": all, after an
// overrun). A device whose size is not the known one since its medium was changed gets the event of
// decode/device_differences.h, rule D2.
base::Result<std::unique_ptr<Source>> open_udev_source(Sink& sink, const event::KernelState& known,
                                                       const Sysfs& sysfs);

}  // namespace kevent::source

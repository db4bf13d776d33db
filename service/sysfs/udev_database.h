// SPDX-License-Identifier: LGPL-2.1-or-later
// What udev knows of devices: which there are, and their properties. The only reader of udev's
// database; service/source/udev.cc hears its messages.
#pragma once

#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/event/details.h"

namespace kevent::sysfs {

// The kernel paths of all devices that udev enumerates, whether udevd runs or not.
base::Result<std::vector<std::string>> enumerate_devices();

// udevd has processed the device. False when there is no such device.
base::Result<bool> is_initialized(const std::string& sysfs_path);

// udev's properties of the device, as clean text. ENODEV when there is no such device.
base::Result<event::Environment> udev_properties(const std::string& sysfs_path);

// Whether udevd has found a medium in this optical drive. ENODEV where udevd has not looked at it.
base::Result<bool> has_optical_medium(const std::string& sysfs_path);

}  // namespace kevent::sysfs

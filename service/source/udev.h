// SPDX-License-Identifier: LGPL-2.1-or-later
// What udev knows: the list of devices, their properties, and, by its own messages, when these have
// changed. Makes no event: udev's queue is slow, and the kernel has told before. The only user of
// libudev.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/base/result.h"
#include "service/event/details.h"
#include "service/source/source.h"

namespace kevent::source {

// The kernel paths of all devices that udev enumerates, whether udevd runs or not.
std::vector<std::string> enumerate_devices();

// udevd is done with the device.
bool is_initialized(const std::string& sysfs_path);

// udev's properties of the device, as clean text; nothing when there is no such device.
std::optional<event::Environment> udev_properties(const std::string& sysfs_path);

// Hears udevd's group, and has each object that it names refreshed ("/": all, after an overrun).
base::Result<std::unique_ptr<Source>> open_udev_source(Sink& sink);

}  // namespace kevent::source

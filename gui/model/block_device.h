// SPDX-License-Identifier: LGPL-2.1-or-later
// What the kernel path of a block device tells of it, without a look at sysfs: which disk it
// belongs to, and whether a person would unplug it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace kevent::gui {

// "/devices/pci0000:00/.../block/sda" for itself and for ".../block/sda/sda1"; empty for what is no
// block device.
std::string disk_of(std::string_view object);

// It hangs on USB, is a memory card, an optical or a floppy drive.
bool can_be_unplugged(std::string_view object);

bool is_loop_device(std::string_view object);

// Put together from other devices: device mapper, md.
bool is_composed(std::string_view object);

}  // namespace kevent::gui

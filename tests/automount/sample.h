// SPDX-License-Identifier: LGPL-2.1-or-later
// A stick as udisks2 would tell of it, for tests of values.
#pragma once

#include "automount/block_device.h"

namespace kevent::automount {

inline BlockDevice stick() {
  return {.object = "/org/freedesktop/UDisks2/block_devices/sdb1",
          .number = 0x811,  // 8:17
          .node = "/dev/sdb1",
          .links = {"/dev/disk/by-label/stick"},
          .usage = "filesystem",
          .type = "vfat",
          .label = "stick",
          .uuid = "1234-ABCD",
          .hint_auto = true,
          .drive = "/org/freedesktop/UDisks2/drives/SanDisk_Cruzer_1",
          .drive_id = "SanDisk-Cruzer-1"};
}

inline BlockDevice mounted(BlockDevice device) {
  device.mount_points = {"/media/user/" + device.label};
  return device;
}

}  // namespace kevent::automount

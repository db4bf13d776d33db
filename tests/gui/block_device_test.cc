// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/block_device.h"

#include <gtest/gtest.h>

#include "tests/gui/events.h"

namespace kevent::gui {
namespace {

TEST(BlockDevice, BelongsToItsDisk) {
  EXPECT_EQ(disk_of(kPartition), kStick);
  EXPECT_EQ(disk_of(kStick), kStick);
  EXPECT_EQ(disk_of(kLoop), kLoop);
}

TEST(BlockDevice, IsNothingElse) {
  EXPECT_EQ(disk_of(kZone), "");
  EXPECT_EQ(disk_of("/fs/ext4"), "");
  EXPECT_EQ(disk_of("/module/block/sda"), "");
  EXPECT_EQ(disk_of("/devices/x/block/"), "");
  EXPECT_EQ(disk_of("/"), "");
}

TEST(BlockDevice, CanBeUnpluggedWhereItHangsOnSuchABus) {
  EXPECT_TRUE(can_be_unplugged(kPartition));
  EXPECT_TRUE(can_be_unplugged("/devices/platform/mmc_host/mmc0/mmc0:1/block/mmcblk0/mmcblk0p1"));
  EXPECT_TRUE(can_be_unplugged("/devices/pci0/ata2/host1/block/sr0"));
  EXPECT_TRUE(can_be_unplugged("/devices/platform/floppy.0/block/fd0"));
}

TEST(BlockDevice, CannotBeUnpluggedOtherwise) {
  EXPECT_FALSE(can_be_unplugged(kInternal));
  EXPECT_FALSE(can_be_unplugged(kLoop));
  EXPECT_FALSE(can_be_unplugged("/devices/platform/usb/block/srv"));
  EXPECT_FALSE(can_be_unplugged("/devices/pci0000:00/usb1/1-1/input/input3"));
}

TEST(BlockDevice, SaysWhatItIs) {
  EXPECT_TRUE(is_loop_device(kLoop));
  EXPECT_FALSE(is_loop_device("/devices/virtual/block/loopback"));
  EXPECT_TRUE(is_composed(kMapper));
  EXPECT_TRUE(is_composed(kArray));
  EXPECT_TRUE(is_composed("/devices/virtual/block/md_d0"));
  EXPECT_FALSE(is_composed(kStick));
}

}  // namespace
}  // namespace kevent::gui

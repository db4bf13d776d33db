// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/source/fake_sysfs.h"

namespace kevent::source {
namespace {

TEST(MountObjects, FindTheBlockDeviceByItsNumber) {
  const Sysfs sysfs;
  const auto device = sysfs.resolve("/class/block/loop0");
  if (!device) GTEST_SKIP() << "no loop device";
  event::Mount mount;
  mount.device = sysfs.read_device(*device).number;
  EXPECT_THAT(mount_objects(sysfs, mount), ::testing::ElementsAre(*device));
}

TEST(MountObjects, AreNoneForAFileSystemWithoutADevice) {
  const Sysfs sysfs;
  event::Mount mount;
  mount.device = {0, 21};
  mount.source = "server:/export";
  EXPECT_TRUE(mount_objects(sysfs, mount).empty());
  mount.source = "/not/a/node:/neither";
  EXPECT_TRUE(mount_objects(sysfs, mount).empty());
}

TEST(StackedOn, FindsTheVolumesOnADevice) {
  const std::string kPartition = "/devices/usb1/block/sda/sda1";
  const std::string kMappers = "/devices/virtual/block/dm-";
  // A LUKS volume, a logical volume on it, and one on another disk.
  const FakeSysfs fake({{kMappers + "3/slaves/sda1", ""},
                        {kMappers + "10/slaves/dm-3", ""},
                        {kMappers + "4/slaves/sda10", ""}},
                       {});
  event::KernelState::Devices devices;
  for (const char* number : {"3", "4", "10"}) devices[kMappers + number] = {};
  EXPECT_THAT(stacked_on(fake.get(), devices, kPartition),
              ::testing::ElementsAre(kPartition, kMappers + "3", kMappers + "10"));
  EXPECT_THAT(stacked_on(fake.get(), devices, "/devices/usb1/block/sdb"),
              ::testing::ElementsAre("/devices/usb1/block/sdb"));
}

}  // namespace
}  // namespace kevent::source

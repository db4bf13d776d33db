// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace kevent::source

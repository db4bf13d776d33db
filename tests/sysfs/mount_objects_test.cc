// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/sysfs/mount_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sysfs/fake_sysfs.h"

namespace kevent::sysfs {
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

const std::string kPartition = "/devices/usb1/block/sda/sda1";
const std::string kMapper = "/devices/virtual/block/dm-";

// These mapped devices, the one with this number mounted.
event::KernelState mapped(const std::vector<std::string>& numbers, const std::string& mounted) {
  event::KernelState state;
  event::Event event;
  event.group = event::Group::kHotplug;
  event.signal = event::signal::kAdd;
  for (const std::string& number : numbers) {
    event.object = kMapper + number;
    state.apply(event);
  }
  event.group = event::Group::kFs;
  event.signal = event::signal::kMount;
  event.object = kMapper + mounted;
  event::set_mount_details(event.details, {1, {254, 0}, "/", "/mnt", "ext4", "", "rw", {}});
  state.apply(event);
  return state;
}

TEST(StackedOn, FindsTheVolumesOnADevice) {
  // A LUKS volume, a logical volume on it, and one on another disk.
  const FakeSysfs fake({{kMapper + "3/slaves/sda1", ""},
                        {kMapper + "10/slaves/dm-3", ""},
                        {kMapper + "4/slaves/sda10", ""}},
                       {});
  const auto state = mapped({"3", "4", "10"}, "10");
  EXPECT_THAT(stacked_on(fake.get(), state, kPartition),
              ::testing::ElementsAre(kPartition, kMapper + "3", kMapper + "10"));
  EXPECT_THAT(stacked_on(fake.get(), state, "/devices/usb1/block/sdb"),
              ::testing::ElementsAre("/devices/usb1/block/sdb"));
}

// One path of several, one leg of a mirror.
TEST(StackedOn, LeavesOutWhatHasAnotherDevice) {
  const FakeSysfs fake({{kMapper + "3/slaves/sda1", ""}, {kMapper + "3/slaves/sdb1", ""}}, {});
  EXPECT_THAT(stacked_on(fake.get(), mapped({"3"}, "3"), kPartition),
              ::testing::ElementsAre(kPartition));
}

}  // namespace
}  // namespace kevent::sysfs

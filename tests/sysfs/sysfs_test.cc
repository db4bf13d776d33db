// SPDX-License-Identifier: LGPL-2.1-or-later
// Sysfs against a folder that looks like it.
#include "service/sysfs/sysfs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sysfs/fake_sysfs.h"

namespace kevent::sysfs {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;

const std::string kDisk = "/devices/pci0/block/sda";

FakeSysfs a_disk() {
  return FakeSysfs({{kDisk + "/uevent", "MAJOR=8\nMINOR=16\nDEVNAME=sda\nDEVTYPE=disk\nDISKSEQ=3"},
                    {kDisk + "/size", "2048"},
                    {kDisk + "/ro", "0"},
                    {kDisk + "/queue/depth", "64"},
                    {"/class/block/.keep", ""},
                    {"/devices/pci0/uevent", ""},
                    {"/bus/pci/drivers/ahci/.keep", ""}},
                   {{kDisk + "/subsystem", "/class/block"},
                    {"/devices/pci0/subsystem", "/bus/pci"},
                    {"/devices/pci0/driver", "/bus/pci/drivers/ahci"},
                    {"/dev/block/8:16", kDisk},
                    {"/class/block/sda", kDisk}});
}

TEST(Sysfs, ReadsWhatADeviceIs) {
  const FakeSysfs fake = a_disk();
  EXPECT_EQ(fake.get().read_device(kDisk),
            (event::Device{"block", "disk", "/dev/sda", {8, 16}, 2048 * 512}));
}

TEST(Sysfs, KnowsADeviceByItsSubsystem) {
  const FakeSysfs fake = a_disk();
  EXPECT_TRUE(fake.get().is_device(kDisk));
  EXPECT_FALSE(fake.get().is_device(kDisk + "/queue"));
  EXPECT_TRUE(fake.get().exists(kDisk + "/queue"));
}

TEST(Sysfs, FindsABlockDeviceByItsNumber) {
  const FakeSysfs fake = a_disk();
  EXPECT_EQ(fake.get().block_device({8, 16}), kDisk);
  EXPECT_EQ(fake.get().block_device({8, 17}), std::nullopt);
  EXPECT_EQ(fake.get().character_device({8, 16}), std::nullopt);
}

TEST(Sysfs, ResolvesLinksToTheObjectThatTheyMean) {
  const FakeSysfs fake = a_disk();
  EXPECT_EQ(fake.get().resolve("/class/block/sda"), kDisk);
  EXPECT_EQ(fake.get().resolve("/"), "/");
}

TEST(Sysfs, RefusesWhatIsNoFolderOrLiesOutside) {
  const FakeSysfs fake = a_disk();
  EXPECT_EQ(fake.get().resolve(kDisk + "/size"), std::nullopt);
  EXPECT_EQ(fake.get().resolve("/.."), std::nullopt);
  EXPECT_EQ(fake.get().resolve("/class/../../"), std::nullopt);
  EXPECT_EQ(fake.get().resolve("/class/block/../../devices"), "/devices");
}

// A link that a stranger could have made must not lead us to a filesystem that the stranger serves.
TEST(Sysfs, DoesNotFollowNodesOutOfDev) {
  const Sysfs sysfs;
  EXPECT_EQ(sysfs.device_of_node("/dev/null"), "/devices/virtual/mem/null");
  EXPECT_EQ(sysfs.device_of_node("/dev/../dev/null"), std::nullopt);
  EXPECT_EQ(sysfs.device_of_node("/dev/fd/0"), std::nullopt);
  EXPECT_EQ(sysfs.device_of_node("/dev"), std::nullopt);
  EXPECT_EQ(sysfs.device_of_node("null"), std::nullopt);
}

TEST(Sysfs, FindsTheNearestDeviceAbove) {
  const FakeSysfs fake = a_disk();
  EXPECT_EQ(fake.get().parent_device(kDisk), "/devices/pci0");
  EXPECT_EQ(fake.get().parent_device("/devices/pci0"), "");
}

TEST(Sysfs, ReadsNumbersWholeOrNotAtAll) {
  const FakeSysfs fake({{"/a/good", "-12"},
                        {"/a/trailing", "12 mC"},
                        {"/a/empty", ""},
                        {"/a/huge", "99999999999999999999"}},
                       {});
  EXPECT_THAT(fake.get().number("/a", "good"), Eq(-12));
  EXPECT_EQ(fake.get().number("/a", "trailing"), std::nullopt);
  EXPECT_EQ(fake.get().number("/a", "empty"), std::nullopt);
  EXPECT_EQ(fake.get().number("/a", "huge"), std::nullopt);
  EXPECT_EQ(fake.get().number("/a", "absent"), std::nullopt);
}

TEST(Sysfs, ReadsTheTripsOfAZoneInTheirOrder) {
  const std::string zone = "/devices/virtual/thermal/thermal_zone0";
  const FakeSysfs fake({{zone + "/trip_point_0_type", "passive"},
                        {zone + "/trip_point_0_temp", "80000"},
                        {zone + "/trip_point_0_hyst", "2000"},
                        {zone + "/trip_point_10_type", "hot"},
                        {zone + "/trip_point_10_temp", "95000"},
                        {zone + "/trip_point_2_type", "active"},
                        {zone + "/trip_point_2_temp", "60000"},
                        {zone + "/cdev0_trip_point", "0"},
                        {zone + "/cdev1_trip_point", "-1"}},
                       {});
  EXPECT_THAT(fake.get().trips(zone), ElementsAre(event::Trip{0, "passive", 80000, 2000, true},
                                                  event::Trip{2, "active", 60000, 0, false},
                                                  event::Trip{10, "hot", 95000, 0, false}));
}

// A folder where a file should be: it is there, and cannot be read.
TEST(Sysfs, CountsWhatCouldNotBeReadAmongItsFailures) {
  const FakeSysfs fake({{kDisk + "/size/folder", ""}, {kDisk + "/uevent", "MAJOR=8"}}, {});
  const Sysfs& sysfs = fake.get();
  EXPECT_EQ(sysfs.block_size(kDisk), std::nullopt);
  EXPECT_EQ(sysfs.failures().count(), 1U);
  EXPECT_THAT(sysfs.failures().problem(), HasSubstr(kDisk + "/size: Is a directory"));
}

TEST(Sysfs, HasNoFailureForWhatDoesNotExist) {
  const FakeSysfs fake({{kDisk + "/size", "12"}}, {});
  const Sysfs& sysfs = fake.get();
  EXPECT_EQ(sysfs.attribute(kDisk, "none"), std::nullopt);
  EXPECT_EQ(sysfs.link_name(kDisk, "driver"), "");
  EXPECT_FALSE(sysfs.exists("/devices/none/at/all"));
  EXPECT_THAT(sysfs.names("/class/thermal"), ::testing::IsEmpty());
  EXPECT_EQ(sysfs.resolve("/class/none"), std::nullopt);
  EXPECT_EQ(sysfs.resolve("/.."), std::nullopt);
  EXPECT_EQ(sysfs.block_device({8, 99}), std::nullopt);
  EXPECT_EQ(sysfs.device_of_node("/dev/none"), std::nullopt);
  EXPECT_EQ(sysfs.failures().count(), 0U) << sysfs.failures().problem();
}

event::KernelState with_a_mount_of(const std::string& object) {
  event::Event mounted;
  mounted.group = event::Group::kFs;
  mounted.signal = event::signal::kMount;
  mounted.object = object;
  event::set_mount_details(mounted.details, {1, {8, 16}, "/", "/mnt", "ext4", "", "rw", {}});
  event::KernelState state;
  state.apply(mounted);
  return state;
}

TEST(Sysfs, ChecksItselfByWhatEveryMachineHas) {
  const Sysfs machine;
  machine.check({});
  EXPECT_EQ(machine.failures().problem(), "");
  const FakeSysfs without_node({{"/class/.keep", ""}}, {});
  without_node.get().check({});
  EXPECT_THAT(without_node.get().failures().problem(), HasSubstr("/dev/null has no object"));
  // /dev/null is there.
  const FakeSysfs without_mount({{"/devices/virtual/mem/null/uevent", ""}},
                                {{"/dev/char/1:3", "/devices/virtual/mem/null"}});
  without_mount.get().check(with_a_mount_of("/devices/disk"));
  EXPECT_EQ(without_mount.get().failures().problem(), "") << "the device is gone";
  without_mount.get().check(with_a_mount_of("/fs/ext4"));
  EXPECT_THAT(without_mount.get().failures().problem(), HasSubstr("no mounted device has"));
}

struct SizeAtUevent {
  std::string object;
  bool media_change;
  std::optional<std::uint64_t> size;
};

TEST(Sysfs, DoesNotTakeTheSizeOfTheMediumBefore) {
  const std::string kCard = "/devices/mmc0/block/mmcblk0";
  const std::string kScsiDisk = "/devices/host0/block/sda";
  const std::string kDrive = "/devices/host0/block/sr0";
  const FakeSysfs fake({{kCard + "/size", "8"},
                        {kScsiDisk + "/size", "8"},
                        {kDrive + "/size", "2097151"},
                        {"/bus/scsi/.keep", ""},
                        {"/bus/mmc/.keep", ""}},
                       {{"/devices/host0/subsystem", "/bus/scsi"},
                        {"/devices/mmc0/subsystem", "/bus/mmc"},
                        {kCard + "/device", "/devices/mmc0"},
                        {kScsiDisk + "/device", "/devices/host0"},
                        {kDrive + "/device", "/devices/host0"}});
  const SizeAtUevent cases[] = {{kCard, true, 4096},           {kCard, false, 4096},
                                {kScsiDisk, false, 4096},      {kScsiDisk, true, std::nullopt},
                                {kDrive, false, std::nullopt}, {kDrive, true, std::nullopt}};
  for (const SizeAtUevent& each : cases) {
    EXPECT_EQ(fake.get().size_at_uevent(each.object, each.media_change), each.size)
        << each.object << each.media_change;
  }
}

TEST(Sysfs, KnowsTheMachineItRunsOn) {
  const Sysfs sysfs;
  EXPECT_TRUE(sysfs.is_device("/devices/virtual/mem/null"));
  EXPECT_EQ(sysfs.character_device({1, 3}), "/devices/virtual/mem/null");
}

}  // namespace
}  // namespace kevent::sysfs

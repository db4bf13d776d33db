// SPDX-License-Identifier: LGPL-2.1-or-later
// Mounts of a real ext4 on a loop device, heard in both ways: what the device says, how often, and
// what it counts.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/system/mount_way.h"

namespace kevent::system {
namespace {

using support::Heard;
using support::Json;
using support::LoopDevice;
using support::Mounted;
using support::variant;

constexpr std::uint64_t kSize = 8 << 20;

class Mounts : public MountWayTest {
 protected:
  void SetUp() override {
    MountWayTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
      return;
    }
    if (!support::have_program("mkfs.ext4")) {
      GTEST_SKIP() << "needs mkfs.ext4 (e2fsprogs)";
    }
    support::make_image(directory() / "image", kSize);
    support::run_or_fail({"mkfs.ext4", "-q", "-F", directory() / "image"});
    loop_ = std::make_unique<LoopDevice>(directory() / "image");
  }

  std::filesystem::path directory() const { return service_->directory.path(); }

  // Everything that the device has said about mounts so far.
  std::vector<Heard> said() {
    service_->settle();
    return service_->tape.all({.path = loop_->object(), .interface = "Fs"});
  }

  // The same, forgotten afterwards.
  std::vector<Heard> take_said() {
    std::vector<Heard> result = said();
    service_->tape.clear();
    return result;
  }

  std::unique_ptr<LoopDevice> loop_;
};

TEST_P(Mounts, AreToldOnceByTheirDevice) {
  const Mounted mounted(loop_->node(), directory() / "place", "ext4");
  const std::vector<Heard> heard = said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "mount");
  EXPECT_EQ(heard[0].priority(), 5U);
}

TEST_P(Mounts, HaveTheirDetails) {
  const Mounted mounted(loop_->node(), directory() / "place", "ext4");
  const std::vector<Heard> heard = said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].detail("Source"), variant("s", "mount"));
  EXPECT_EQ(heard[0].detail("Scope"), variant("s", "mount_point"));
  EXPECT_EQ(heard[0].detail("MountPoint"), variant("s", directory() / "place"));
  EXPECT_EQ(heard[0].detail("FileSystem"), variant("s", "ext4"));
  EXPECT_EQ(heard[0].detail("MountSource"), variant("s", loop_->node()));
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 1));
  EXPECT_EQ(heard[0].detail("MountId").value("type", ""), "t");
  EXPECT_EQ(heard[0].detail("Options").value("type", ""), "s");
  EXPECT_EQ(heard[0].detail("Synthesized"), Json());
}

TEST_P(Mounts, SayUmountOnceWithNoneLeft) {
  Mounted mounted(loop_->node(), directory() / "place", "ext4");
  take_said();
  mounted.unmount();
  const std::vector<Heard> heard = said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "umount");
  EXPECT_EQ(heard[0].priority(), 5U);
  EXPECT_EQ(heard[0].detail("MountPoint"), variant("s", directory() / "place"));
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 0));
}

TEST_P(Mounts, AreListedByTheirDevice) {
  const Mounted mounted(loop_->node(), directory() / "place", "ext4");
  said();
  EXPECT_EQ(support::property(service_->caller, loop_->object(), "org.kernel.Events1.Block",
                              "MountPoints"),
            Json::array({directory() / "place"}));
}

TEST_P(Mounts, InvalidateTheListBeforeTheyAreTold) {
  const Mounted mounted(loop_->node(), directory() / "place", "ext4");
  service_->hear({.path = loop_->object(), .member = "mount"});
  const std::size_t invalidated = service_->tape.index_of(
      {.path = loop_->object(), .member = "PropertiesChanged", .also = [](const Heard& heard) {
         const Json& names = heard.arguments[2];
         return std::ranges::find(names, "MountPoints") != names.end() &&
                !heard.arguments[1].contains("MountPoints");
       }});
  EXPECT_LT(invalidated, service_->tape.index_of({.path = loop_->object(), .member = "mount"}));
}

TEST_P(Mounts, CountBindMounts) {
  const Mounted mounted(loop_->node(), directory() / "place", "ext4");
  take_said();
  Mounted bound = support::bind_mount(directory() / "place", directory() / "other");
  std::vector<Heard> heard = take_said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "mount");
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 2));
  bound.unmount();
  heard = take_said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "umount");
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 1));
}

// The kernel refuses mount(2) of a device over itself, but not a bind mount.
TEST_P(Mounts, CountAnOvermountAtTheSamePlace) {
  const Mounted mounted(loop_->node(), directory() / "place", "ext4");
  take_said();
  Mounted over = support::bind_mount(directory() / "place", directory() / "place");
  std::vector<Heard> heard = take_said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 2));
  over.unmount();
  heard = take_said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 1));
}

TEST_P(Mounts, SayRemountWhenTheirOptionsChange) {
  Mounted mounted(loop_->node(), directory() / "place", "ext4");
  take_said();
  mounted.remount(MS_RDONLY);
  const std::vector<Heard> heard = said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "remount");
  EXPECT_EQ(heard[0].priority(), 7U);
  EXPECT_TRUE(("," + heard[0].detail("Options").value("data", "")).starts_with(",ro"));
  EXPECT_EQ(heard[0].detail("OldMountPoint"), Json());
}

TEST_P(Mounts, SayRemountWithTheOldPlaceWhenTheyMove) {
  Mounted mounted(loop_->node(), directory() / "place", "ext4");
  take_said();
  mounted.move_to(directory() / "elsewhere");
  const std::vector<Heard> heard = said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "remount");
  EXPECT_EQ(heard[0].detail("OldMountPoint"), variant("s", directory() / "place"));
  EXPECT_EQ(heard[0].detail("MountPoint"), variant("s", directory() / "elsewhere"));
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 1));
}

TEST_P(Mounts, SayUmountAtALazyUnmountWhileStillInUse) {
  Mounted mounted(loop_->node(), directory() / "place", "ext4");
  take_said();
  const std::ofstream user(directory() / "place" / "file");
  mounted.unmount_lazily();
  const std::vector<Heard> heard = said();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].member, "umount");
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 0));
}

INSTANTIATE_TEST_SUITE_P(HeardBy, Mounts,
                         ::testing::Values(MountWay::kFanotify, MountWay::kMountinfo),
                         mount_way_name);

}  // namespace
}  // namespace kevent::system

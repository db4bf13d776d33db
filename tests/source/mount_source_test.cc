// SPDX-License-Identifier: LGPL-2.1-or-later
// MountSource on the real mount table, in the mount namespace of this test program.
#include "service/source/mount_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/source/recording_sink.h"
#include "tests/support/eventually.h"
#include "tests/support/temporary_directory.h"

namespace kevent::source {
namespace {

class MountSourceOfRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: to mount";
    auto source = MountSource::open(sink_, sink_.state, sysfs_);
    ASSERT_TRUE(source.ok());
    source_ = std::move(source).value();
    source_->start();
    sink_.events.clear();
  }
  void TearDown() override { ::umount2(point().c_str(), MNT_DETACH); }

  std::string point() const { return folder_.path(); }

  // Waits for the kernel's wake, and dispatches until an event came.
  bool dispatch_until_told(std::size_t count) {
    return support::eventually(
        support::within(support::kPatience),
        [&] {
          if (sink_.events.size() < count) source_->dispatch();
          return sink_.events.size() >= count;
        },
        source_->descriptor());
  }

  support::TemporaryDirectory folder_;
  Sysfs sysfs_;
  RecordingSink sink_;
  std::unique_ptr<MountSource> source_;
};

TEST_F(MountSourceOfRoot, TellsAMountAndItsEnd) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  ASSERT_TRUE(dispatch_until_told(1));
  ASSERT_EQ(::umount(point().c_str()), 0);
  ASSERT_TRUE(dispatch_until_told(2));
  EXPECT_EQ(sink_.events[0].signal, event::signal::kMount);
  EXPECT_EQ(sink_.events[0].object, "/fs/tmpfs");
  EXPECT_EQ(sink_.events[0].details.text_bytes(event::key::kMountPoint), point());
  EXPECT_EQ(sink_.events[1].signal, event::signal::kUmount);
}

TEST_F(MountSourceOfRoot, HasNothingToTellWhenTheStateIsKnown) {
  source_->start();
  EXPECT_TRUE(sink_.events.empty());
}

TEST_F(MountSourceOfRoot, TellsWhatWasMountedWhileNobodyListened) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  source_->start();
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_NE(sink_.events[0].details.find(event::key::kSynthesized), nullptr);
}

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

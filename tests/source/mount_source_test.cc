// SPDX-License-Identifier: LGPL-2.1-or-later
// MountSource on the real mounts, in the mount namespace of this test program, in both ways.
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

constexpr uid_t kNobody = 65534;

enum class Way { kFanotify, kMountinfo };

class MountSourceOfRoot : public ::testing::TestWithParam<Way> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: to mount";
    open();
    if (IsSkipped() || HasFatalFailure()) return;
    source_->start();
    sink_.events.clear();
  }
  void TearDown() override { ::umount2(point().c_str(), MNT_DETACH); }

  // Who is not root has no capability, and so no fanotify.
  void open() {
    const bool fanotify = GetParam() == Way::kFanotify;
    ASSERT_EQ(::seteuid(fanotify ? 0 : kNobody), 0);
    auto source = MountSource::open(sink_, sink_.state, sysfs_);
    ASSERT_EQ(::seteuid(0), 0);
    ASSERT_TRUE(source.ok());
    source_ = std::move(source).value();
    if (fanotify && source_->status().kind == "mountinfo") {
      GTEST_SKIP() << source_->status().problem;
    }
    ASSERT_EQ(source_->status().kind, fanotify ? "fanotify" : "mountinfo");
  }

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
  sysfs::Sysfs sysfs_;
  RecordingSink sink_;
  std::unique_ptr<MountSource> source_;
};

TEST_P(MountSourceOfRoot, TellsAMountAndItsEnd) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  ASSERT_TRUE(dispatch_until_told(1));
  ASSERT_EQ(::umount(point().c_str()), 0);
  ASSERT_TRUE(dispatch_until_told(2));
  EXPECT_EQ(sink_.events[0].signal, event::signal::kMount);
  EXPECT_EQ(sink_.events[0].object, "/fs/tmpfs");
  EXPECT_EQ(sink_.events[0].details.text_bytes(event::key::kMountPoint), point());
  EXPECT_EQ(sink_.events[1].signal, event::signal::kUmount);
}

TEST_P(MountSourceOfRoot, HasNothingToTellWhenTheStateIsKnown) {
  source_->start();
  EXPECT_TRUE(sink_.events.empty());
}

TEST_P(MountSourceOfRoot, TellsWhatWasMountedWhileNobodyListened) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  source_->start();
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_NE(sink_.events[0].details.find(event::key::kSynthesized), nullptr);
}

// N3: the notice comes after the table was read.
TEST_P(MountSourceOfRoot, TellsOnceWhatItHasReadBefore) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  source_->start();
  source_->dispatch();
  ASSERT_EQ(::umount(point().c_str()), 0);
  ASSERT_TRUE(dispatch_until_told(2));
  ASSERT_EQ(sink_.events.size(), 2u);
  EXPECT_EQ(sink_.events[1].signal, event::signal::kUmount);
}

// N4.
TEST_P(MountSourceOfRoot, TellsARemount) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  ASSERT_TRUE(dispatch_until_told(1));
  ASSERT_EQ(::mount(nullptr, point().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
  ASSERT_TRUE(dispatch_until_told(2));
  EXPECT_EQ(sink_.events[1].signal, event::signal::kRemount);
}

// N6.
TEST_P(MountSourceOfRoot, TellsARemountThatHidesBehindAMount) {
  ASSERT_EQ(::mount("none", point().c_str(), "tmpfs", 0, nullptr), 0);
  ASSERT_TRUE(dispatch_until_told(1));
  const support::TemporaryDirectory other;
  ASSERT_EQ(::mount("none", other.path().c_str(), "tmpfs", 0, nullptr), 0);
  ASSERT_EQ(::mount(nullptr, point().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
  EXPECT_TRUE(dispatch_until_told(3));
  ASSERT_EQ(::umount(other.path().c_str()), 0);
  EXPECT_EQ(std::ranges::count(sink_.events, event::signal::kRemount, &event::Event::signal), 1);
}

std::string name_of(const ::testing::TestParamInfo<Way>& way) {
  return way.param == Way::kFanotify ? "Fanotify" : "Mountinfo";
}

INSTANTIATE_TEST_SUITE_P(HeardBy, MountSourceOfRoot,
                         ::testing::Values(Way::kFanotify, Way::kMountinfo), name_of);

}  // namespace
}  // namespace kevent::source

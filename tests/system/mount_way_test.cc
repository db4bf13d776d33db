// SPDX-License-Identifier: LGPL-2.1-or-later
// Where the two ways of hearing mounts differ: what comes and goes before keventd looks, and an
// overflow of fanotify's queue. keventd stands still meanwhile, so that it can't look in time.
#include "tests/system/mount_way.h"

#include <signal.h>
#include <sys/mount.h>

#include <fstream>
#include <vector>

#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"

namespace kevent::system {
namespace {

using support::Heard;
using support::Json;
using support::Mounted;
using support::variant;
using support::with_text;

constexpr const char* kFs = "/org/kernel/fs";
constexpr const char* kTmpfs = "/org/kernel/fs/tmpfs";
constexpr int kPairs = 20;

class MountWays : public MountWayTest {
 protected:
  std::filesystem::path place() const { return service_->directory / "place"; }

  // What is done while keventd stands still. What it says of that is on the tape afterwards.
  void behind_its_back(const std::function<void()>& action) {
    service_->settle();
    service_->tape.clear();
    service_->keventd.signal(SIGSTOP);
    action();
    service_->keventd.signal(SIGCONT);
    service_->settle();
  }

  // The kernel gives the id of the first to the second at once, in mountinfo. A further mount keeps
  // their filesystem.
  void mount_another_at_its_place() {
    const Mounted first("none", place(), "tmpfs");
    const Mounted kept = support::bind_mount(place(), service_->directory / "other");
    behind_its_back([&] {
      ASSERT_EQ(::umount(place().c_str()), 0);
      ASSERT_EQ(::mount(kept.mount_point().c_str(), place().c_str(), nullptr, MS_BIND, nullptr), 0);
    });
  }

  std::vector<std::string> said_of_place() const {
    std::vector<std::string> members;
    for (const Heard& heard : service_->tape.all({.also = with_text("MountPoint", place())})) {
      members.push_back(heard.member);
    }
    return members;
  }
};

class FanotifyMounts : public MountWays {};
class MountinfoMounts : public MountWays {};

// N1: with its MountId alone.
TEST_P(FanotifyMounts, ThatAreGoneBeforeTheyAreSeenSpeakOnFsByTheirId) {
  behind_its_back([&] { Mounted("none", place(), "tmpfs").unmount(); });
  const std::vector<Heard> heard = service_->tape.all({.path = kFs});
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[0].member, "mount");
  EXPECT_EQ(heard[1].member, "umount");
  EXPECT_EQ(heard[0].detail("MountId"), heard[1].detail("MountId"));
  EXPECT_EQ(heard[0].details().size(), 3U) << heard[0].details();
}

TEST_P(MountinfoMounts, ThatAreGoneBeforeTheyAreSeenLeaveNoTrace) {
  behind_its_back([&] { Mounted("none", place(), "tmpfs").unmount(); });
  EXPECT_TRUE(service_->tape.all({.path = kFs}).empty());
  EXPECT_TRUE(said_of_place().empty());
}

TEST_P(FanotifyMounts, ThatGoAndComeAtOnePlaceAreTold) {
  mount_another_at_its_place();
  EXPECT_EQ(said_of_place(), (std::vector<std::string>{"umount", "mount"}));
}

TEST_P(MountinfoMounts, ThatGoAndComeAtOnePlaceAreTheSame) {
  mount_another_at_its_place();
  EXPECT_TRUE(said_of_place().empty());
}

TEST_P(MountWays, TellWhatCameInTheOrderInWhichItCame) {
  std::vector<std::unique_ptr<Mounted>> mounted;
  behind_its_back([&] {
    for (int i = 0; i < kPairs; ++i) {
      mounted.push_back(std::make_unique<Mounted>(
          "none", service_->directory / ("place" + std::to_string(i)), "tmpfs"));
    }
  });
  for (int i = 0; i + 1 < kPairs; ++i) {
    const auto index = [&](int number) {
      return service_->tape.index_of(
          {.path = kTmpfs,
           .member = "mount",
           .also =
               with_text("MountPoint", service_->directory / ("place" + std::to_string(number)))});
    };
    EXPECT_LT(index(i), index(i + 1));
  }
}

TEST_P(MountWays, TellARemountOfAnotherAmongMounts) {
  Mounted mounted("none", place(), "tmpfs");
  behind_its_back([&] {
    mounted.remount(MS_RDONLY);
    Mounted("none", service_->directory / "other", "tmpfs").unmount();
  });
  const Heard& heard = service_->hear({.also = with_text("MountPoint", place())});
  EXPECT_EQ(heard.member, "remount");
}

TEST_P(MountWays, TellThatWhatIsMountedBelowMovesAlong) {
  Mounted upper("none", place(), "tmpfs");
  const Mounted lower("none", place() / "lower", "tmpfs");
  service_->settle();
  upper.move_to(service_->directory / "elsewhere");
  service_->settle();
  const auto heard = service_->tape.all(
      {.member = "remount", .also = with_text("OldMountPoint", place() / "lower")});
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].detail("MountPoint"),
            variant("s", service_->directory / "elsewhere" / "lower"));
}

// N5. Each pair is two notices; what is left mounted is found by reading the table.
TEST_P(FanotifyMounts, OfAnOverflowingQueueAreLostAndMended) {
  int limit = 0;
  std::ifstream("/proc/sys/fs/fanotify/max_queued_events") >> limit;
  ASSERT_GT(limit, 0);
  const Mounted parent("none", place(), "tmpfs");
  Mounted gone("none", service_->directory / "gone", "tmpfs");
  const std::filesystem::path left = place() / "left";
  std::filesystem::create_directory(left);
  behind_its_back([&] {
    for (int i = 0; i < limit / 2 + 1; ++i) {
      ASSERT_EQ(::mount("none", left.c_str(), "tmpfs", 0, nullptr), 0);
      ASSERT_EQ(::umount(left.c_str()), 0);
    }
    ASSERT_EQ(::mount("none", left.c_str(), "tmpfs", 0, nullptr), 0);
    gone.unmount();
  });
  const Heard& lost = service_->hear({.path = "/org/kernel", .member = "events_lost"});
  EXPECT_EQ(lost.detail("Source"), variant("s", "mount"));
  EXPECT_EQ(lost.detail("Count"), variant("t", 0));
  EXPECT_TRUE(
      is_synthesized(service_->hear({.member = "mount", .also = with_text("MountPoint", left)})));
  EXPECT_TRUE(is_synthesized(
      service_->hear({.member = "umount", .also = with_text("MountPoint", gone.mount_point())})));
  EXPECT_EQ(support::manager_property(service_->caller, "Sources")["mount"]["Lost"]["data"], 1);
}

const auto kBoth = ::testing::Values(MountWay::kFanotify, MountWay::kMountinfo);
INSTANTIATE_TEST_SUITE_P(HeardBy, MountWays, kBoth, mount_way_name);
INSTANTIATE_TEST_SUITE_P(HeardBy, FanotifyMounts, ::testing::Values(MountWay::kFanotify),
                         mount_way_name);
INSTANTIATE_TEST_SUITE_P(HeardBy, MountinfoMounts, ::testing::Values(MountWay::kMountinfo),
                         mount_way_name);

}  // namespace
}  // namespace kevent::system

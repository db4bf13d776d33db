// SPDX-License-Identifier: LGPL-2.1-or-later
// A mirror of two loop devices that is made, loses a member, gets it back, and is interrupted. The
// patched kernel alone tells it: a stock one has an uevent for some of it, which says "change".
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "tests/kernel/scene.h"
#include "tests/support/eventually.h"
#include "tests/support/loop_device.h"
#include "tests/support/process.h"

namespace kevent::kernel {
namespace {

using support::LoopDevice;

constexpr std::uint64_t kSize = 16 << 20;
constexpr const char* kArray = "/dev/md0";
const std::string kSysfs = "/sys/devices/virtual/block/md0/md/";
constexpr const char* kObject = "/org/kernel/devices/virtual/block/md0";

// udevd makes no nodes here: the kernel does.
void mdadm(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "mdadm");
  const support::Outcome outcome = support::run(arguments, {"MDADM_NO_UDEV=1"});
  ASSERT_EQ(outcome.status, 0) << outcome.output << outcome.error_output;
}

bool is_idle() {
  return read_from_kernel(kSysfs + "sync_action") == "idle\n";
}

// The first blocks are done. Before that an interruption may be lost (Linux 6.12, drivers/md/md.c:
// md_check_recovery() clears MD_RECOVERY_INTR).
bool has_begun_to_check() {
  static const std::regex kProgress("check = .*\\([1-9][0-9]*/");
  return std::regex_search(read_from_kernel("/proc/mdstat"), kProgress);
}

class Raid : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
    support::make_image(scene_->directory / "one", kSize);
    support::make_image(scene_->directory / "two", kSize);
    one_.emplace(scene_->directory / "one");
    two_.emplace(scene_->directory / "two");
  }

  void TearDown() override {
    if (std::filesystem::exists(kSysfs)) {
      support::run({"mdadm", "--stop", kArray}, {"MDADM_NO_UDEV=1"});
    }
  }

  // A mirror whose members are the same, so that nothing has to be copied.
  void make_clean() {
    make({"--assume-clean"});
    scene_->settle();
    scene_->tape.clear();
  }
  void make(std::vector<std::string> options) {
    options.insert(options.begin(), {"--create", kArray, "--run", "--metadata=1.2", "--level=1",
                                     "--raid-devices=2", "--bitmap=none"});
    options.insert(options.end(), {one_->node(), two_->node()});
    mdadm(options);
  }

  void wait_until_synced() {
    ASSERT_TRUE(support::eventually(support::within(support::kPatience), [&] {
      return is_idle() && read_from_kernel(kSysfs + "degraded") == "0\n";
    }));
    if (is_patched()) {
      scene_->hear({.path = kObject, .member = "sync_done"});
    }
  }

  Lines told() const { return scene_->told({.path = kObject, .interface = "Storage"}, {"Source"}); }

  std::optional<Scene> scene_;
  std::optional<LoopDevice> one_;
  std::optional<LoopDevice> two_;
};

TEST_F(Raid, SaysThatItSyncsWhenItIsMade) {
  make({});
  wait_until_synced();
  scene_->settle();
  EXPECT_EQ(told(), only_patched({"sync_start/7 Source=kernel", "sync_done/5 Source=kernel"}));
}

TEST_F(Raid, SaysNothingWhenItIsMadeOfEqualMembers) {
  make({"--assume-clean"});
  scene_->settle();
  EXPECT_EQ(told(), Lines());
}

TEST_F(Raid, SaysDegradedWhenAMemberFails) {
  make_clean();
  mdadm({kArray, "--fail", two_->node()});
  scene_->settle();
  EXPECT_EQ(told(), only_patched({"degraded/3 Source=kernel"}));
}

TEST_F(Raid, SaysThatItSyncsWhenAMemberComesBack) {
  make_clean();
  mdadm({kArray, "--fail", two_->node()});
  mdadm({kArray, "--remove", two_->node()});
  scene_->settle();
  mdadm({"--zero-superblock", two_->node()});
  mdadm({kArray, "--add", two_->node()});
  wait_until_synced();
  scene_->settle();
  EXPECT_EQ(told(), only_patched({"degraded/3 Source=kernel", "sync_start/7 Source=kernel",
                                  "sync_done/5 Source=kernel"}));
}

TEST_F(Raid, SaysSyncAbortedWhenItIsInterrupted) {
  make_clean();
  // In KiB a second: it would take minutes.
  write_to_kernel(kSysfs + "sync_speed_min", "10");
  write_to_kernel(kSysfs + "sync_speed_max", "10");
  write_to_kernel(kSysfs + "sync_action", "check");
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), has_begun_to_check));
  write_to_kernel(kSysfs + "sync_action", "idle");
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), is_idle));
  scene_->settle();
  EXPECT_EQ(told(), only_patched({"sync_start/7 Source=kernel", "sync_aborted/4 Source=kernel"}));
}

}  // namespace
}  // namespace kevent::kernel

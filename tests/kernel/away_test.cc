// SPDX-License-Identifier: LGPL-2.1-or-later
// What happens while the service is not there. The patched kernel keeps it: all of it is told, in
// order, once. A plain one keeps nothing: what has left a trace is found by comparing, Synthesized.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/kernel/scene.h"
#include "tests/kernel/thermal_zone.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::kernel {
namespace {

using support::LoopDevice;
using support::Mounted;

constexpr std::uint64_t kSize = 8 << 20;
const std::string kFound = " Synthesized=true";
const std::string kHeard = " Synthesized=-";

// How the service came to its end.
enum class End { kStopped, kKilled };

std::string end_name(const ::testing::TestParamInfo<End>& info) {
  return info.param == End::kStopped ? "Stopped" : "Killed";
}

class Away : public KernelTest, public ::testing::WithParamInterface<End> {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
  }

  // What is told by now is told; what comes is for the next one.
  void leave() {
    if (GetParam() == End::kStopped) {
      scene_->keventd.stop();
    } else {
      scene_->keventd.kill9();
    }
  }

  // What the log has of the object that it did not have before leave().
  Lines told_since(std::size_t before, const support::Wanted& wanted, const Keys& keys) {
    scene_->settle();
    Lines all = lines(scene_->logged(wanted), keys);
    all.erase(all.begin(),
              all.begin() + static_cast<Lines::difference_type>(std::min(before, all.size())));
    return all;
  }

  std::optional<Scene> scene_;
};

TEST_P(Away, AFilesystemCameAndWent) {
  support::make_image(scene_->directory / "image", kSize);
  const LoopDevice loop(scene_->directory / "image");
  support::run_or_fail({"mkfs.ext4", "-q", loop.node()});
  scene_->settle();
  leave();
  Mounted(loop.node(), scene_->directory / "one", "ext4").unmount();
  scene_->keventd.start();
  // A mount table says nothing of a mount that is gone.
  EXPECT_EQ(
      told_since(0, {.path = loop.object(), .interface = "Fs"}, {"Scope", "Synthesized"}),
      only_patched({"mount/5 Scope=filesystem" + kHeard, "umount/5 Scope=filesystem" + kHeard}));
}

TEST_P(Away, AMediumWent) {
  support::make_image(scene_->directory / "image", kSize);
  LoopDevice loop(scene_->directory / "image");
  scene_->settle();
  leave();
  loop.detach();
  scene_->keventd.start();
  EXPECT_EQ(told_since(0, {.path = loop.object(), .interface = "Storage"}, {"Size", "Synthesized"}),
            Lines({"media_change/5 Size=0" + (is_patched() ? kHeard : kFound)}));
}

TEST_P(Away, AMediumWentAndTheSameCameBack) {
  support::make_image(scene_->directory / "image", kSize);
  std::optional<LoopDevice> loop(scene_->directory / "image");
  scene_->settle();
  leave();
  loop->detach();
  loop.emplace(scene_->directory / "image");
  scene_->keventd.start();
  // It looks as it did before.
  EXPECT_EQ(told_since(0, {.path = loop->object(), .interface = "Storage"}, {"Synthesized"}),
            only_patched({"media_change/5" + kHeard}));
}

TEST_P(Away, AZoneBecameTooHot) {
  const ThermalZone zone({{80000, 2000, "hot"}});
  scene_->settle();
  leave();
  zone.heat(85000);
  scene_->keventd.start();
  EXPECT_EQ(
      told_since(0, {.path = zone.object(), .interface = "Power"}, {"Temperature", "Synthesized"}),
      Lines({"overheating/2 Temperature=85000" + (is_patched() ? kHeard : kFound)}));
}

TEST_P(Away, AZoneCooledDown) {
  const ThermalZone zone({{80000, 2000, "hot"}});
  scene_->settle();
  zone.heat(85000);
  scene_->settle();
  leave();
  zone.heat(20000);
  scene_->keventd.start();
  EXPECT_EQ(
      told_since(1, {.path = zone.object(), .interface = "Power"}, {"Temperature", "Synthesized"}),
      Lines({"normal/7 Temperature=20000" + (is_patched() ? kHeard : kFound)}));
}

TEST_P(Away, AZoneBecameTooHotAndCooledDown) {
  const ThermalZone zone({{80000, 2000, "hot"}});
  scene_->settle();
  leave();
  zone.heat(85000);
  zone.heat(20000);
  scene_->keventd.start();
  EXPECT_EQ(told_since(0, {.path = zone.object(), .interface = "Power"}, {"Temperature"}),
            only_patched({"overheating/2 Temperature=85000", "normal/7 Temperature=20000"}));
}

INSTANTIATE_TEST_SUITE_P(Service, Away, ::testing::Values(End::kStopped, End::kKilled), end_name);

using PatchedAway = Away;

std::uint64_t kernel_sequence(const support::Heard& event) {
  return event.detail("KernelSequence")["data"];
}

// A service that comes and goes while the kernel speaks: every number of the kernel's, once.
TEST_P(PatchedAway, NoNumberIsMissingAndNoneComesTwice) {
  constexpr int kTimes = 5;
  constexpr std::uint64_t kThere = 200;
  constexpr std::uint64_t kGone = 300;
  for (int i = 0; i < kTimes; ++i) {
    send_events(kThere);
    leave();
    send_events(kGone);
    scene_->keventd.start();
  }
  scene_->settle_kernel();
  const auto events = scene_->logged({.also = support::with_text("Source", "kernel")});
  ASSERT_GT(events.size(), kTimes * (kThere + kGone));
  for (std::size_t i = 1; i < events.size(); ++i) {
    ASSERT_EQ(kernel_sequence(events[i]), kernel_sequence(events[i - 1]) + 1);
  }
  EXPECT_EQ(scene_->logged({.path = kSentObject}).size(), kTimes * (kThere + kGone) + 1);
}

// As after a first start that was killed before it kept its state.
TEST_P(PatchedAway, NoNumberComesTwiceWhereTheStateIsLost) {
  constexpr std::uint64_t kThere = 200;
  constexpr std::uint64_t kGone = 300;
  send_events(kThere);
  scene_->settle_kernel();
  leave();
  std::filesystem::remove(scene_->directory / "run/state");
  send_events(kGone);
  scene_->keventd.start();
  scene_->settle_kernel();
  const auto events = scene_->logged({.also = support::with_text("Source", "kernel")});
  for (std::size_t i = 1; i < events.size(); ++i) {
    ASSERT_EQ(kernel_sequence(events[i]), kernel_sequence(events[i - 1]) + 1);
  }
  EXPECT_EQ(scene_->logged({.path = kSentObject}).size(), kThere + kGone + 2);
}

// sysfs says it before the kernel does.
TEST_P(PatchedAway, AZoneIsTooHotBeforeTheKernelLooksAtIt) {
  const ThermalZone zone({{80000, 2000, "hot"}});
  scene_->settle();
  zone.switch_off();
  zone.heat(85000);
  leave();
  scene_->keventd.start();
  scene_->settle();
  zone.switch_on();
  EXPECT_EQ(told_since(0, {.path = zone.object(), .interface = "Power"}, {"Source"}),
            Lines({"overheating/2 Source=kernel"}));
}

INSTANTIATE_TEST_SUITE_P(Service, PatchedAway, ::testing::Values(End::kStopped, End::kKilled),
                         end_name);

// A service that does not hear the kernel, and one after it that does.
class PatchedUnheard : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace(support::KeventdOptions{.sources = "uevent,udev,mount,thermal"});
  }

  // The same service as it is by default.
  void hear_the_kernel() {
    scene_->keventd.kill9();
    scene_->keventd = support::Keventd(scene_->bus.address(), scene_->runtime_directory());
  }

  std::optional<Scene> scene_;
};

TEST_F(PatchedUnheard, WhatTheOthersToldIsNotToldAgain) {
  support::make_image(scene_->directory / "image", kSize);
  LoopDevice loop(scene_->directory / "image");
  const ThermalZone zone({{80000, 2000, "hot"}});
  scene_->settle();
  zone.heat(85000);
  loop.detach();
  send_events(200);
  scene_->settle();
  hear_the_kernel();
  send_events(1);
  EXPECT_TRUE(scene_->hear({.path = kSentObject}).is_event());
  EXPECT_EQ(lines(scene_->logged({.path = loop.object(), .interface = "Storage"}), {"Source"}),
            Lines({"media_change/5 Source=uevent"}));
  EXPECT_EQ(lines(scene_->logged({.path = zone.object(), .interface = "Power"}), {"Source"}),
            Lines({"overheating/2 Source=thermal"}));
  EXPECT_EQ(scene_->logged({.path = kSentObject}).size(), 1u);
  EXPECT_EQ(lines(scene_->logged(
                      {.member = "events_lost", .also = support::with_text("Source", "kernel")}),
                  {"Count"}),
            Lines());
}

TEST_F(PatchedUnheard, WhatItMissedWhileAwayIsFoundByComparing) {
  support::make_image(scene_->directory / "image", kSize);
  LoopDevice loop(scene_->directory / "image");
  scene_->settle();
  scene_->keventd.stop();
  loop.detach();
  hear_the_kernel();
  EXPECT_EQ(lines(scene_->logged({.path = loop.object(), .interface = "Storage"}), {"Source"}),
            Lines({"media_change/5 Source=uevent"}));
}

// The first service since the boot. What a plain kernel said before it nobody knows.
class FirstStart : public KernelTest {
 protected:
  support::TemporaryDirectory directory_;
};

TEST_F(FirstStart, TellsWhatTheKernelHasKept) {
  support::make_image(directory_ / "image", kSize);
  LoopDevice loop(directory_ / "image");
  support::run_or_fail({"mkfs.ext4", "-q", loop.node()});
  Mounted(loop.node(), directory_ / "one", "ext4").unmount();
  loop.detach();
  Scene scene;
  scene.settle();
  EXPECT_EQ(lines(scene.logged({.path = loop.object(), .interface = "Fs"}), {"Scope"}),
            only_patched({"mount/5 Scope=filesystem", "umount/5 Scope=filesystem"}));
  EXPECT_EQ(lines(scene.logged({.path = loop.object(), .member = "media_change"}), {"Size"}),
            only_patched({"media_change/5 Size=0"}));
}

TEST_F(FirstStart, TellsAZoneThatIsTooHotOnce) {
  const ThermalZone zone({{80000, 2000, "hot"}});
  zone.heat(85000);
  Scene scene;
  scene.settle();
  EXPECT_EQ(lines(scene.logged({.path = zone.object()}), {"Temperature", "Synthesized"}),
            Lines({"overheating/2 Temperature=85000" + (is_patched() ? kHeard : kFound)}));
}

TEST_F(FirstStart, CallsNothingLost) {
  Scene scene;
  scene.settle();
  EXPECT_EQ(lines(scene.logged({.member = "events_lost"}), {"Source", "Count"}), Lines());
}

}  // namespace
}  // namespace kevent::kernel

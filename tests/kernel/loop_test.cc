// SPDX-License-Identifier: LGPL-2.1-or-later
// A medium in a loop device. Each kernel says that it is gone, once, in the same words.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/kernel/scene.h"
#include "tests/support/loop_device.h"
#include "tests/support/process.h"

namespace kevent::kernel {
namespace {

using support::LoopDevice;

constexpr std::uint64_t kSize = 8 << 20;
const Keys kAll = {"Size", "DeviceNode", "DeviceNumber", "Subsystem", "DeviceType", "Synthesized"};
constexpr const char* kGone =
    "media_change/5 Size=0 DeviceNode=/dev/loop0 DeviceNumber=[7,0] Subsystem=block "
    "DeviceType=disk "
    "Synthesized=-";

class Loop : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
    support::make_image(scene_->directory / "image", kSize);
    loop_.emplace(scene_->directory / "image");
  }

  Lines told(const std::string& group, const Keys& keys = {}) const {
    return scene_->told({.path = loop_->object(), .interface = group}, keys);
  }

  std::optional<Scene> scene_;
  std::optional<LoopDevice> loop_;
};

TEST_F(Loop, SaysChangeAndNoMediaChangeWhenAnImageComes) {
  scene_->settle();
  EXPECT_EQ(told("Hotplug", {"Source", "DeviceNode"}),
            Lines({"change/7 Source=uevent DeviceNode=/dev/loop0"}));
  EXPECT_EQ(told("Storage"), Lines());
}

TEST_F(Loop, SaysMediaChangeOnceWhenItsImageGoes) {
  scene_->settle();
  scene_->tape.clear();
  loop_->detach();
  scene_->settle();
  EXPECT_EQ(told("Storage", kAll), Lines({kGone}));
  // This one says that the device is free.
  EXPECT_EQ(told("Hotplug"), Lines({"change/7"}));
}

TEST_F(Loop, SaysWhichSourceToldIt) {
  loop_->detach();
  scene_->settle();
  EXPECT_EQ(told("Storage", {"Source"}),
            Lines({std::string("media_change/5 Source=") + (is_patched() ? "kernel" : "uevent")}));
}

TEST_F(Loop, SaysEachOfManyMediaChanges) {
  constexpr int kTimes = 20;
  for (int i = 0; i < kTimes; ++i) {
    loop_->detach();
    loop_.emplace(scene_->directory / "image");
  }
  scene_->settle();
  EXPECT_EQ(told("Storage").size(), kTimes);
}

// What mkfs asks for and the device does not know (to write zeroes, to discard) is no error of it.
TEST_F(Loop, SaysNothingOfAFilesystemThatIsMade) {
  scene_->settle();
  scene_->tape.clear();
  support::run_or_fail({"mkfs.ext4", "-q", loop_->node()});
  scene_->settle();
  EXPECT_EQ(told("Storage", {"Operation", "Status"}), Lines());
  EXPECT_EQ(told("Fs"), Lines());
}

}  // namespace
}  // namespace kevent::kernel

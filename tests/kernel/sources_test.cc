// SPDX-License-Identifier: LGPL-2.1-or-later
// Which source tells what, on both kernels; and a keventd that shall not hear the patched kernel is
// one on a plain kernel.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/kernel/scene.h"
#include "tests/kernel/thermal_zone.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/process.h"

namespace kevent::kernel {
namespace {

using support::Json;
using support::LoopDevice;

Json sources(Scene& scene) {
  return support::manager_property(scene.caller, "Sources");
}

// The names of those that tell it, each with a blank before it.
std::string who_tells(Scene& scene, const std::string& signal) {
  std::string names;
  const Json all = sources(scene);
  for (const auto& [name, source] : all.items()) {
    for (const Json& told : source["Signals"]["data"]) {
      names += told == signal ? " " + name : "";
    }
  }
  return names;
}

class Sources : public KernelTest {};

TEST_F(Sources, SayWhoFeedsWhatTheKernelMayTellItself) {
  Scene scene;
  EXPECT_EQ(who_tells(scene, "media_change"), is_patched() ? " kernel udev" : " udev uevent");
  EXPECT_EQ(who_tells(scene, "eject_request"), is_patched() ? " kernel" : " uevent");
  for (const char* signal : {"overheating", "normal"}) {
    EXPECT_EQ(who_tells(scene, signal), is_patched() ? " kernel" : " thermal") << signal;
  }
  for (const char* signal : {"mount", "umount"}) {
    EXPECT_EQ(who_tells(scene, signal), is_patched() ? " kernel mount" : " mount") << signal;
  }
  for (const char* signal : {"io_error", "degraded", "sync_start", "sync_done", "sync_aborted"}) {
    EXPECT_EQ(who_tells(scene, signal), is_patched() ? " kernel" : "") << signal;
  }
}

TEST_F(Sources, SayWhoFeedsWhatNoKernelTellsItself) {
  Scene scene;
  for (const char* signal : {"add", "remove", "change", "move", "online", "offline", "bind",
                             "unbind", "resize", "read_only", "read_write"}) {
    EXPECT_EQ(who_tells(scene, signal), " uevent") << signal;
  }
  EXPECT_EQ(who_tells(scene, "remount"), " mount");
}

TEST_F(Sources, SayHowTheKernelIsHeardOrWhyNot) {
  Scene scene;
  Json kernel = sources(scene)["kernel"];
  EXPECT_EQ(kernel["Active"]["data"], is_patched());
  EXPECT_EQ(kernel["Kind"]["data"], is_patched() ? "netlink" : "");
  EXPECT_EQ(kernel["Problem"]["data"].get<std::string>().find("CONFIG_KERNEL_EVENTS") ==
                std::string::npos,
            is_patched());
}

TEST_F(Sources, SayThatNothingIsLost) {
  Scene scene;
  scene.settle();
  const Json all = sources(scene);
  for (const auto& [name, source] : all.items()) {
    EXPECT_EQ(source["Lost"]["data"], 0) << name;
    EXPECT_EQ(source["Rejected"]["data"], 0) << name;
  }
}

// The patched kernel speaks, and nobody listens to it: what a plain one does not tell is not told.
class WithoutTheKernel : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace(support::KeventdOptions{.sources = "uevent,udev,mount,thermal"});
  }

  std::optional<Scene> scene_;
};

TEST_F(WithoutTheKernel, AllIsToldByTheOthers) {
  EXPECT_EQ(who_tells(*scene_, "media_change"), " udev uevent");
  EXPECT_EQ(who_tells(*scene_, "eject_request"), " uevent");
  EXPECT_EQ(who_tells(*scene_, "overheating"), " thermal");
  EXPECT_EQ(who_tells(*scene_, "mount"), " mount");
  EXPECT_EQ(who_tells(*scene_, "degraded"), "");
}

TEST_F(WithoutTheKernel, ALoopDeviceSaysMediaChangeByItsUevent) {
  support::make_image(scene_->directory / "image", 8 << 20);
  LoopDevice loop(scene_->directory / "image");
  loop.detach();
  scene_->settle();
  EXPECT_EQ(scene_->told({.path = loop.object(), .interface = "Storage"}, {"Source", "Size"}),
            Lines({"media_change/5 Source=uevent Size=0"}));
}

TEST_F(WithoutTheKernel, AFilesystemHasMountPointsOnly) {
  support::make_image(scene_->directory / "image", 8 << 20);
  const LoopDevice loop(scene_->directory / "image");
  support::run_or_fail({"mkfs.ext4", "-q", loop.node()});
  support::Mounted mounted(loop.node(), scene_->directory / "one", "ext4");
  scene_->settle();
  mounted.unmount();
  scene_->settle();
  EXPECT_EQ(
      scene_->told({.path = loop.object(), .interface = "Fs"}, {"Scope", "Source"}),
      Lines({"mount/5 Scope=mount_point Source=mount", "umount/5 Scope=mount_point Source=mount"}));
}

TEST_F(WithoutTheKernel, AThermalZoneSaysOverheatingByThermalNetlink) {
  const ThermalZone zone({{60000, 2000, "passive"}, {80000, 2000, "hot"}});
  scene_->settle();
  zone.heat(85000);
  zone.heat(20000);
  scene_->settle();
  EXPECT_EQ(
      scene_->told({.path = zone.object(), .interface = "Power"}, {"Source", "TripType"}),
      Lines({"overheating/2 Source=thermal TripType=hot", "normal/7 Source=thermal TripType=-"}));
}

}  // namespace
}  // namespace kevent::kernel

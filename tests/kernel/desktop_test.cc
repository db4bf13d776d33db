// SPDX-License-Identifier: LGPL-2.1-or-later
// From a trip of the kernel's to a person's eye: a thermal zone is driven over its hot trip and
// back, a disk is mounted and let go, and a tray, a notification server and the applet run on a
// screen in the same booted kernel.
#include "tests/desktop/desktop.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/desktop/bus_monitor.h"
#include "tests/kernel/scene.h"
#include "tests/kernel/thermal_zone.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"

namespace kevent::kernel {
namespace {

using desktop::Desktop;
using desktop::Shown;

class OnTheDesktop : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
  }

  // What there is by now is known, and what comes is news.
  void start_applet() {
    scene_->settle();
    desktop_.emplace(scene_->bus.address());
    desktop_->start_applet();
  }

  std::optional<Scene> scene_;
  std::optional<Desktop> desktop_;
};

class HotZoneOnTheDesktop : public OnTheDesktop {
 protected:
  void SetUp() override {
    OnTheDesktop::SetUp();
    zone_.emplace(std::vector<TestTrip>{{80000, 2000, "hot"}});
    start_applet();
  }

  std::optional<ThermalZone> zone_;
};

TEST_F(HotZoneOnTheDesktop, OverheatingIsCritical) {
  zone_->heat(85500);
  EXPECT_EQ(desktop_->server().wait_for_text("85.5").urgency, "CRITICAL");
}

TEST_F(HotZoneOnTheDesktop, BackToNormalTakesItsPlace) {
  zone_->heat(85500);
  const Shown hot = desktop_->server().wait_for_text("85.5");
  desktop_->take_picture_of_notices("kernel-overheating");
  zone_->heat(40000);
  const Shown normal = desktop_->server().wait_for_text("normal", 1);
  EXPECT_EQ(normal.id, hot.id);
  EXPECT_EQ(normal.urgency, "LOW");
  EXPECT_EQ(desktop_->server().displayed(), 1U);
  desktop_->take_picture_of_notices("kernel-normal");
}

TEST_F(HotZoneOnTheDesktop, IsDrawnInTheWindow) {
  const desktop::Area window = desktop_->open_window();
  desktop_->screen().press({"ctrl+Tab", "ctrl+Tab"});
  desktop::BusMonitor readings(scene_->bus.address(),
                               "type='method_call',interface='org.freedesktop.DBus.Properties',"
                               "arg0='org.kernel.Events1.ThermalZone'");
  for (const int temperature : {35000, 48000, 66000, 74000, 85500, 88000, 70000, 52000, 41000}) {
    zone_->heat(temperature);
    // Of this zone and the battery's.
    EXPECT_TRUE(readings.sees(readings.count() + 2, support::within(support::kPatience)));
  }
  desktop_->server().wait_for_text("normal", 1);
  desktop_->server().close_all();
  desktop_->take_picture("kernel-temperatures", window);
  EXPECT_TRUE(desktop_->applet().running());
}

TEST_F(HotZoneOnTheDesktop, IsAnObjectInTheWindow) {
  const desktop::Area window = desktop_->open_window();
  desktop_->screen().press({"ctrl+Tab"});
  desktop_->screen().type("thermal");
  // What was typed is looked for a moment later: the picture waits for that.
  desktop_->take_picture("kernel-objects", window);
  desktop_->screen().press({"Tab", "End", "asterisk", "End"});
  desktop_->take_picture("kernel-objects", window);
  EXPECT_TRUE(desktop_->applet().running());
}

// Only this kernel tells when everything is written and the device released.
class PatchedDiskOnTheDesktop : public OnTheDesktop {};

TEST_F(PatchedDiskOnTheDesktop, UmountSaysThatItMayBeRemoved) {
  constexpr std::uint64_t kSize = 8 << 20;
  constexpr const char* kMountPoint = "/media/ann/HOLIDAY";
  support::make_image(scene_->directory / "image", kSize);
  support::run_or_fail({"mkfs.ext4", "-q", "-F", scene_->directory / "image"});
  const support::LoopDevice loop(scene_->directory / "image");
  const support::Mounted media("media", "/media", "tmpfs");
  start_applet();
  support::Mounted mounted(loop.node(), kMountPoint, "ext4");
  desktop_->server().wait_for_text(kMountPoint);
  mounted.unmount();
  EXPECT_NO_THROW(desktop_->server().wait_for_text("removed"));
  desktop_->take_picture_of_notices("kernel-removable");
}

}  // namespace
}  // namespace kevent::kernel

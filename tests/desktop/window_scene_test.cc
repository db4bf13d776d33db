// SPDX-License-Identifier: LGPL-2.1-or-later
// The window, opened and looked at: that it is there, live, and hides. What it shows is tested in
// tests/gui; here are its pictures.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include "tests/desktop/scene.h"

namespace kevent::desktop {
namespace {

constexpr const char* kLastMountPoint = "/media/ann/HOLIDAY 2026";
// A row of the table of events.
constexpr Area kInTheTable = {400, 130, 0, 0};

class TheWindow : public DiskScene {
 protected:
  void SetUp() override {
    DiskScene::SetUp();
    if (!IsSkipped()) {
      start(Tray::kXEmbed, kMountsOnly);
    }
  }
};

TEST_F(TheWindow, ShowsTheTimelineAndAnEventOfIt) {
  const Area window = desktop_->open_window();
  for (int time = 0; time < 3; ++time) {
    support::Mounted mounted = mount();
    mounted.remount(MS_RDONLY);
    mounted.unmount();
  }
  const support::Mounted mounted(loop_->node(), kLastMountPoint, "ext4");
  desktop_->server().wait_for_text(kLastMountPoint);
  desktop_->server().close_all();
  desktop_->screen().click(window.x + kInTheTable.x, window.y + kInTheTable.y);
  desktop_->take_picture("window-events", window);
  EXPECT_TRUE(desktop_->applet().running());
}

TEST_F(TheWindow, IsOneHoweverOftenItIsAskedFor) {
  desktop_->open_window();
  desktop_->open_window();
  EXPECT_EQ(desktop_->window_count(), 1U);
}

TEST_F(TheWindow, ClosesAndTheAppletGoesOn) {
  desktop_->open_window();
  desktop_->screen().press({"alt+F4"});
  desktop_->wait_until_window_is_closed();
  const support::Mounted mounted = mount();
  EXPECT_NO_THROW(desktop_->server().wait_for_text(kMountPoint));
}

}  // namespace
}  // namespace kevent::desktop

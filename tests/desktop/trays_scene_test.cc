// SPDX-License-Identifier: LGPL-2.1-or-later
// The applet in each kind of tray, and in none.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/desktop/scene.h"

namespace kevent::desktop {
namespace {

class Trays : public DiskScene {
 protected:
  // In pixels: the menu without events is some 50 smaller.
  static constexpr int kWithEvents = 200;

  // The filesystem in three places.
  void mount_three_times() {
    for (int place = 1; place <= 3; ++place) {
      const std::string mount_point = kMountPoint + std::to_string(place);
      mounts_.emplace_back(std::make_unique<support::Mounted>(loop_->node(), mount_point, "ext4"));
      service_->hear({.member = "mount", .also = support::with_text("MountPoint", mount_point)});
    }
  }

  // The menu is the only thing to look at.
  void take_picture_of_menu(const std::string& name) {
    desktop_->server().wait_for_text(std::string(kMountPoint) + "3");
    desktop_->server().close_all();
    desktop_->open_menu(kWithEvents);
    desktop_->take_picture_of_menu(name);
  }

 private:
  std::vector<std::unique_ptr<support::Mounted>> mounts_;
};

TEST_F(Trays, XEmbedShowsTheIconAndItsMenu) {
  start(Tray::kXEmbed, kMountsOnly);
  mount_three_times();
  take_picture_of_menu("tray-menu");
  EXPECT_TRUE(desktop_->applet().running());
}

TEST_F(Trays, AStatusNotifierWatcherShowsTheIconAndItsMenu) {
  start(Tray::kStatusNotifier, kMountsOnly);
  mount_three_times();
  take_picture_of_menu("tray-menu-statusnotifier");
  EXPECT_TRUE(desktop_->applet().running());
}

TEST_F(Trays, AClickOpensTheWindow) {
  start(Tray::kXEmbed);
  const Area icon = desktop_->icon();
  desktop_->screen().click(icon.x + icon.width / 2, icon.y + icon.height / 2);
  EXPECT_NO_THROW(desktop_->wait_for_window());
}

TEST_F(Trays, WithoutOneNoticesAreShownAllTheSame) {
  start(Tray::kNone, kMountsOnly);
  const support::Mounted mounted = mount();
  EXPECT_NO_THROW(desktop_->server().wait_for_text(kMountPoint));
}

TEST_F(Trays, WithoutOneASecondStartOpensTheWindow) {
  start(Tray::kNone);
  EXPECT_NO_THROW(desktop_->open_window());
}

TEST_F(Trays, OneThatComesLaterGetsTheIcon) {
  start(Tray::kNone);
  desktop_->start_tray(Tray::kXEmbed);
  EXPECT_NO_THROW(desktop_->icon());
}

}  // namespace
}  // namespace kevent::desktop

// SPDX-License-Identifier: LGPL-2.1-or-later
// What a person is told of disks: real mounts of a real ext4 on a loop device, and changes of a
// medium.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "lib/event/vocabulary.h"
#include "tests/desktop/scene.h"
#include "tests/support/eventually.h"

namespace kevent::desktop {
namespace {

using support::Mounted;

class DisksOnTheDesktop : public DiskScene {
 protected:
  void SetUp() override {
    DiskScene::SetUp();
    if (!IsSkipped()) {
      start(Tray::kXEmbed, kMountsOnly);
    }
  }
};

TEST_F(DisksOnTheDesktop, AMountIsTold) {
  const Mounted mounted = mount();
  const Shown shown = desktop_->server().wait_for_text(kMountPoint);
  EXPECT_EQ(shown.urgency, "NORMAL");
  EXPECT_FALSE(shown.actions.empty()) << "it can be opened";
  desktop_->take_picture_of_notices("notice-mount");
}

TEST_F(DisksOnTheDesktop, UmountTakesThePlaceOfTheMount) {
  Mounted mounted = mount();
  const Shown mount = desktop_->server().wait_for_text(kMountPoint);
  mounted.unmount();
  const Shown unmounted = desktop_->server().wait_for_text("nmounted", 1);
  EXPECT_EQ(unmounted.id, mount.id);
  EXPECT_EQ(desktop_->server().displayed(), 1U);
  desktop_->take_picture_of_notices("notice-umount");
}

// A stock kernel does not tell when everything is written and the device released.
TEST_F(DisksOnTheDesktop, UmountDoesNotSayThatTheDiskMayBeRemoved) {
  Mounted mounted = mount();
  desktop_->server().wait_for_text(kMountPoint);
  mounted.unmount();
  EXPECT_FALSE(desktop_->server().wait_for_text("nmounted", 1).says("removed now"));
}

TEST_F(DisksOnTheDesktop, APlaceWithMarkupIsShownAsItIs) {
  const Mounted mounted(loop_->node(), "/media/ann/<b>&amp;%n", "ext4");
  desktop_->server().wait_for_text("&lt;b&gt;&amp;amp;%n");
  desktop_->take_picture_of_notices("notice-markup");
}

class Media : public DiskScene {};

TEST_F(Media, OneThatIsGoneIsTold) {
  start();
  loop_->detach();
  const Shown shown = desktop_->server().wait_for(
      [&](const Shown& told) { return told.summary.ends_with("removed from " + loop_->name()); });
  EXPECT_EQ(shown.urgency, "LOW");
}

class MediaFromAStandInService : public StandInScene {};

// No drive at hand takes another medium.
TEST_F(MediaFromAStandInService, ANewOneCanBeMountedAndEjected) {
  start();
  event::Event event = test::loop_event("media_change", event::Group::kStorage);
  event.priority = event::priority::kNotice;
  event.object = "/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/block/sdb";
  event.details.set("Size", std::uint64_t{31914983424});
  service_->happen(event);
  EXPECT_EQ(desktop_->server().wait_for_text("New medium in sdb").actions.size(), 2U);
  desktop_->take_picture_of_notices("notice-medium");
}

class RemovalFromAStandInService : public StandInScene {
 protected:
  static event::Event event(event::Group group, const std::string& signal, std::uint8_t priority) {
    event::Event event = test::loop_event(signal, group);
    event.priority = priority;
    event.object = "/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/block/sdb/sdb1";
    event.details.set("DeviceNode", std::string("/dev/sdb1"));
    return event;
  }
  static event::Event mount_event(const std::string& signal) {
    event::Event event =
        RemovalFromAStandInService::event(event::Group::kFs, signal, event::priority::kNotice);
    event.details.set("Scope", std::string("mount_point"));
    event.details.set("MountPoint", std::string("/media/ann/STICK"));
    event.details.set("FileSystem", std::string("vfat"));
    return event;
  }
};

// tests/machine pulls a real one.
TEST_F(RemovalFromAStandInService, WhileMountedIsTheOnlyNoticeThatIsLeft) {
  start();
  service_->happen(mount_event("mount"));
  desktop_->server().wait_for_text("STICK was mounted");
  event::Event removal =
      event(event::Group::kStorage, "removed_while_mounted", event::priority::kError);
  removal.details.set("MountPoints", event::Texts{"/media/ann/STICK"});
  service_->happen(removal);
  service_->happen(event(event::Group::kHotplug, "remove", event::priority::kInfo));
  service_->happen(mount_event("umount"));
  const Shown shown = desktop_->server().wait_for_text("STICK was removed while it was mounted");
  EXPECT_EQ(shown.urgency, "CRITICAL");
  EXPECT_TRUE(shown.says("/media/ann/STICK. Data not yet written to it is lost."));
  EXPECT_TRUE(support::eventually(support::within(support::kPatience),
                                  [this] { return desktop_->server().displayed() == 1; }));
  desktop_->take_picture_of_notices("notice-removed", 160);
}

}  // namespace
}  // namespace kevent::desktop

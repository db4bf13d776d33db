// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-automount while udisks2, keventd or the device goes away under it.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>

#include "automount/session.h"
#include "tests/automount/desk.h"
#include "tests/support/bus_connection.h"

namespace kevent::automount {
namespace {

using support::LoopDevice;

class KeventAutomountThroughOutages : public DeskTest {
 protected:
  static bool waits_and_is_ready_again(Desk& desk) {
    return Desk::comes_true([&] { return desk.count("ready") == 2; });
  }

  static bool udisks_knows_a_filesystem_on(const LoopDevice& device, const Desk& desk) {
    support::BusConnection bus(desk.stack.bus_address());
    return bus
        .call({support::UdisksStack::object_of(device), "org.freedesktop.DBus.Properties", "Get",
               "org.freedesktop.UDisks2"},
              "ss", "org.freedesktop.UDisks2.Filesystem", "MountPoints")
        .ok();
  }
};

TEST_F(KeventAutomountThroughOutages, MountsWhatCameWhileUdisksWasAway) {
  Desk desk;
  desk.start();
  desk.stack.kill_udisks();
  ASSERT_TRUE(desk.notice("waiting").is_object());
  const LoopDevice device(desk.image("stick", "stick"));
  desk.stack.start_udisks();
  EXPECT_TRUE(desk.notice("mounted", device.node()).is_object());
}

TEST_F(KeventAutomountThroughOutages, SaysOnceThatUdisksIsAway) {
  Desk desk;
  desk.start();
  desk.stack.kill_udisks();
  ASSERT_TRUE(desk.notice("waiting").is_object());
  const LoopDevice device(desk.image("stick", "stick"));
  desk.stack.start_udisks();
  ASSERT_TRUE(waits_and_is_ready_again(desk));
  EXPECT_EQ(desk.count("waiting"), 1);
}

TEST_F(KeventAutomountThroughOutages, LeavesUnmountedWhatWasUnmountedBeforeUdisksWentAway) {
  Desk desk;
  desk.start();
  const LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(desk.notice("mounted", device.node()).is_object());
  ASSERT_EQ(::umount("/media/root/stick"), 0);
  ASSERT_TRUE(desk.notice("unmounted", device.node()).is_object());
  desk.stack.kill_udisks();
  ASSERT_TRUE(desk.notice("waiting").is_object());
  desk.stack.start_udisks();
  ASSERT_TRUE(waits_and_is_ready_again(desk));
  desk.settle();
  EXPECT_EQ(desk.count("mounted", device.node()), 1) << desk.automount->output();
}

// In this process, so that its clock can be put forward to where a device that udisks2 finds is no
// longer wanted without an event: what is mounted then is mounted by keventd's log.
TEST_F(KeventAutomountThroughOutages, MountsByTheLogWhatCameWhileKeventdWasAway) {
  Desk desk;
  desk.start_keventd();
  Session session(desk.stack.bus_address(), Rules());
  auto ahead = std::chrono::seconds::zero();
  std::vector<Notice> notices;
  const auto step_until = [&](const std::function<bool()>& condition) {
    return Desk::comes_true([&] {
      const auto now = std::chrono::steady_clock::now() + ahead;
      std::ranges::move(session.step(now), std::back_inserter(notices));
      return condition();
    });
  };
  const auto told = [&](Notice::Kind kind) {
    return std::ranges::any_of(notices, [&](const Notice& each) { return each.kind == kind; });
  };
  ASSERT_TRUE(step_until([&] { return told(Notice::Kind::kReady); }));
  desk.keventd->kill9();
  ASSERT_TRUE(step_until([&] { return told(Notice::Kind::kWaiting); }));
  ahead = std::chrono::minutes(1);
  const LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(step_until([&] { return udisks_knows_a_filesystem_on(device, desk); }));
  EXPECT_FALSE(told(Notice::Kind::kMounted));
  desk.keventd->start();
  EXPECT_TRUE(step_until([&] { return told(Notice::Kind::kMounted); }))
      << notice_line(notices.back());
}

TEST(SessionWithoutABus, SaysOnceThatItWaits) {
  ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
  Session session("session", Rules());
  const std::vector<Notice> notices = session.step(std::chrono::steady_clock::now());
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].kind, Notice::Kind::kWaiting);
  EXPECT_TRUE(session.step(std::chrono::steady_clock::now()).empty());
}

TEST_F(KeventAutomountThroughOutages, WaitsForKeventdAndUdisksThatComeLater) {
  Desk desk;
  desk.stack.kill_udisks();
  desk.start_unready({}, {});
  ASSERT_TRUE(desk.notice("waiting").is_object());
  desk.start_keventd();
  desk.stack.start_udisks();
  EXPECT_TRUE(desk.notice("ready").is_object());
}

}  // namespace
}  // namespace kevent::automount

// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-automount while udisks2, keventd or the device goes away under it.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <vector>

#include "automount/session.h"
#include "tests/automount/desk.h"
#include "tests/client/stand_in_service.h"
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

// kevent-automount's session in this process, so that its clock can be put forward to where a
// device that udisks2 finds is no longer wanted by itself.
class SessionAtADesk {
 public:
  explicit SessionAtADesk(const Desk& desk) : session_(desk.stack.bus_address(), Rules()) {}

  bool step_until(const std::function<bool()>& condition) {
    return Desk::comes_true([&] {
      std::ranges::move(session_.step(std::chrono::steady_clock::now() + ahead_),
                        std::back_inserter(notices_));
      return condition();
    });
  }

  bool tells(Notice::Kind kind, std::ptrdiff_t times = 1) {
    return step_until([&] { return count(kind) == times; });
  }

  std::ptrdiff_t count(Notice::Kind kind) const {
    return std::ranges::count_if(notices_, [&](const Notice& each) { return each.kind == kind; });
  }

  void put_clock_forward() { ahead_ = std::chrono::minutes(1); }

 private:
  Session session_;
  std::chrono::seconds ahead_{0};
  std::vector<Notice> notices_;
};

TEST_F(KeventAutomountThroughOutages, MountsByTheLogWhatCameWhileKeventdWasAway) {
  Desk desk;
  desk.start_keventd();
  SessionAtADesk session(desk);
  ASSERT_TRUE(session.tells(Notice::Kind::kReady));
  desk.keventd->kill9();
  ASSERT_TRUE(session.tells(Notice::Kind::kWaiting));
  session.put_clock_forward();
  const LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(session.step_until([&] { return udisks_knows_a_filesystem_on(device, desk); }));
  EXPECT_EQ(session.count(Notice::Kind::kMounted), 0);
  desk.keventd->start();
  EXPECT_TRUE(session.tells(Notice::Kind::kMounted));
}

// The first keventd has nothing in its log of what came before it.
TEST_F(KeventAutomountThroughOutages, MountsWhatCameBeforeKeventdDid) {
  Desk desk;
  const LoopDevice first(desk.image("first", "first"));
  SessionAtADesk session(desk);
  ASSERT_TRUE(session.tells(Notice::Kind::kMounted));
  session.put_clock_forward();
  const LoopDevice second(desk.image("second", "second"));
  ASSERT_TRUE(session.step_until([&] { return udisks_knows_a_filesystem_on(second, desk); }));
  EXPECT_EQ(session.count(Notice::Kind::kMounted), 1);
  desk.start_keventd();
  EXPECT_TRUE(session.tells(Notice::Kind::kMounted, 2));
}

// Between its name and its first answer nobody knows what will have been missed should it end.
TEST_F(KeventAutomountThroughOutages, IsNotReadyBeforeTheStandInKeventdHasAnswered) {
  Desk desk;
  test::StandInService kernel(desk.stack.bus_address());
  kernel.hang(true);
  const LoopDevice device(desk.image("stick", "stick"));
  SessionAtADesk session(desk);
  ASSERT_TRUE(session.tells(Notice::Kind::kMounted));
  ASSERT_TRUE(session.step_until([&] { return kernel.questions() == 1; }));
  EXPECT_EQ(session.count(Notice::Kind::kReady), 0);
  kernel.stop();
  kernel.hang(false);
  kernel.start();
  EXPECT_TRUE(session.tells(Notice::Kind::kReady));
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

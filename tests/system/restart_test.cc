// SPDX-License-Identifier: LGPL-2.1-or-later
// kill -9 and a new start while the kernel goes on: every sequence once and in order, and what
// happened in between is told or counted.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>

#include "tests/support/contract_client.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::AddedLoopDevice;
using support::kPatience;
using support::Mounted;
using support::with_text;
using support::within;

constexpr int kKills = 5;
constexpr std::uint64_t kEventsBetweenKills = 200;
// What the client keeps up with, also with sanitizers on a busy machine.
constexpr int kUeventsPerSecond = 400;
// A restart may call up to two uevents lost that were told: those around the moment of death.
constexpr std::uint64_t kToleranceOfARestart = 2;

// A client that lives through kills in a storm of uevents, and what it has noted.
class Killed : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      live_through_kills();
    }
  }

  void live_through_kills() {
    Service service;
    support::ContractClient client(service.bus.address(),
                                   [this](const support::Told& event) { accounts_.take(event); });
    seqnum_at_start_ = support::uevent_seqnum();
    support::UeventStorm storm(support::kQuietDevice, kUeventsPerSecond);
    for (int kill = 0; kill < kKills; ++kill) {
      const std::uint64_t enough = accounts_.events() + kEventsBetweenKills;
      ASSERT_TRUE(
          client.follow_until(within(kPatience), [&] { return accounts_.events() >= enough; }));
      service.keventd.kill9();
      service.keventd.start();
    }
    storm.stop();
    const std::string uuid = new_uuid();
    accounts_.expect_mark(uuid);
    support::trigger_marked_uevent(support::kQuietDevice, uuid);
    ASSERT_TRUE(client.follow_until(within(kPatience), [&] { return accounts_.marked(); }));
    logs_ = client.contract().logs();
  }

  Accounts accounts_;
  std::uint64_t seqnum_at_start_ = 0;
  int logs_ = 0;
};

TEST_F(Killed, HandsOutEverySequenceOnceAndInOrder) {
  EXPECT_EQ(accounts_.sequence_errors(), 0U);
  EXPECT_EQ(logs_, 1);
}

TEST_F(Killed, TellsOrCountsEveryUevent) {
  const std::uint64_t missing = accounts_.missing_since(seqnum_at_start_);
  EXPECT_EQ(accounts_.uevents_twice(), 0U);
  EXPECT_GE(accounts_.lost(), missing);
  EXPECT_LE(accounts_.lost(), missing + kKills * kToleranceOfARestart);
}

class Away : public SystemTest {};

TEST_F(Away, KeventdTellsAMountThatCame) {
  Service service;
  service.keventd.kill9();
  const Mounted mounted("none", service.directory / "place", "tmpfs");
  service.keventd.start();
  EXPECT_TRUE(is_synthesized(service.hear(
      {.member = "mount", .also = with_text("MountPoint", service.directory / "place")})));
}

TEST_F(Away, KeventdTellsAMountThatWent) {
  Service service;
  Mounted mounted("none", service.directory / "place", "tmpfs");
  service.settle();
  service.keventd.kill9();
  mounted.unmount();
  service.keventd.start();
  EXPECT_TRUE(is_synthesized(service.hear(
      {.member = "umount", .also = with_text("MountPoint", service.directory / "place")})));
}

TEST_F(Away, KeventdTellsADeviceThatCame) {
  Service service;
  service.keventd.kill9();
  const AddedLoopDevice loop;
  service.keventd.start();
  EXPECT_TRUE(is_synthesized(service.hear({.path = loop.object(), .member = "add"})));
}

TEST_F(Away, KeventdTellsADeviceThatWent) {
  Service service;
  AddedLoopDevice loop;
  service.hear({.path = loop.object(), .member = "add"});
  service.keventd.kill9();
  loop.remove();
  service.keventd.start();
  EXPECT_TRUE(is_synthesized(service.hear({.path = loop.object(), .member = "remove"})));
}

TEST_F(Away, KeventdTellsAMediumThatCame) {
  Service service;
  support::make_image(service.directory / "image", 1 << 20);
  service.keventd.kill9();
  const support::LoopDevice loop(service.directory / "image");
  service.keventd.start();
  EXPECT_TRUE(is_synthesized(service.hear({.path = loop.object(), .member = "media_change"})));
}

TEST_F(Away, KeventdTellsNothingTwiceThatItHadTold) {
  Service service;
  const Mounted mounted("none", service.directory / "place", "tmpfs");
  service.settle();
  service.keventd.stop();
  service.keventd.start();
  service.settle();
  // A signal may come again after a restart, with its old sequence; an event may not.
  std::set<std::uint64_t> sequences;
  for (const support::Heard& heard : service.tape.all(
           {.member = "mount", .also = with_text("MountPoint", service.directory / "place")})) {
    sequences.insert(heard.sequence());
  }
  EXPECT_EQ(sequences.size(), 1U);
}

TEST_F(Away, KeventdCountsWhatItDidNotHear) {
  Service service;
  service.settle();
  service.keventd.stop();
  support::trigger_uevents(support::kQuietDevice, 10);
  service.keventd.start();
  const support::Heard& lost = service.hear(
      {.path = support::kManagerPath, .interface = "General", .member = "events_lost"});
  EXPECT_EQ(lost.detail("Source"), support::variant("s", "uevent"));
  EXPECT_EQ(lost.detail("Count").value("type", ""), "t");
  EXPECT_GE(lost.detail("Count").value("data", 0), 10);
  EXPECT_EQ(lost.priority(), 3U);
}

}  // namespace
}  // namespace kevent::system

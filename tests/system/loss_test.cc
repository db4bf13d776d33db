// SPDX-License-Identifier: LGPL-2.1-or-later
// Overrun: keventd stands still until the kernel drops uevents for its full socket. They are
// counted to the last one, and the tree of objects is right afterwards. Mostly keventd runs without
// privilege here, since its socket then holds hundreds of uevents and not hundreds of thousands.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "tests/support/contract_client.h"
#include "tests/support/failure.h"
#include "tests/support/loop_device.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/fresh_start.h"
#include "tests/system/service.h"
#include "tests/system/uevent_socket.h"

namespace kevent::system {
namespace {

using support::AddedLoopDevice;
using support::BusConnection;
using support::within;

constexpr uid_t kNobody = 65534;
constexpr int kBurst = 10000;
constexpr int kMostBursts = 200;
constexpr std::chrono::seconds kLongPatience{90};
// SIGSTOP in a storm: for ten seconds of it.
constexpr int kStormPerSecond = 3000;
constexpr std::uint64_t kStormUntilStopped = kStormPerSecond;
constexpr std::uint64_t kStormWhileStopped = 10 * kStormPerSecond;

// Near the 2 KiB that a uevent may have, so that 128 MiB are filled by some 60,000.
std::string large_uevent() {
  return "change " + new_uuid() + " A=" + std::string(1700, 'a');
}

// Counts what a subscriber hears of uevents, and what is told as lost of them, without making
// values of it: it has to keep up with a flood.
class Tally {
 public:
  explicit Tally(const std::string& address) : bus_(address) {
    bus_.subscribe(
        "type='signal',sender='org.kernel.Events1',interface='org.kernel.Events1.Hotplug'",
        [this](sd_bus_message* message) {
          if (is_next(message)) ++heard_;
        });
    bus_.subscribe(
        "type='signal',sender='org.kernel.Events1',member='events_lost'",
        [this](sd_bus_message* message) {
          if (is_next(message)) {
            lost_ += support::read_arguments(message).at(3)["Count"]["data"].get<std::uint64_t>();
          }
        });
  }

  // Hears until every uevent that the kernel numbered above `seqnum` is heard or told as lost, and
  // none besides. False at the deadline.
  bool agrees_with_the_kernel(std::uint64_t seqnum) {
    std::uint64_t sent = support::uevent_seqnum() - seqnum;
    return bus_.process_until(within(kLongPatience), [&] {
      if (heard_ + lost_ < sent) return false;
      sent = support::uevent_seqnum() - seqnum;
      return heard_ + lost_ == sent;
    });
  }
  std::uint64_t lost() const { return lost_; }

 private:
  // A signal may come again after a new connection, with its old sequence.
  bool is_next(sd_bus_message* message) {
    std::uint64_t sequence = 0;
    sd_bus_message_read_basic(message, SD_BUS_TYPE_UINT64, &sequence);
    const bool is_new = sequence > last_;
    last_ = std::max(last_, sequence);
    return is_new;
  }

  BusConnection bus_;
  std::uint64_t last_ = 0;
  std::uint64_t heard_ = 0;
  std::uint64_t lost_ = 0;
};

class Overrun : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      start_service();
      service_->settle();
    }
  }

  virtual void start_service() {
    service_ = std::make_unique<Service>(support::KeventdOptions{.user = kNobody});
  }

  void stand_still_until_overrun(const std::string& uevent = "change") {
    seqnum_before_ = support::uevent_seqnum();
    service_->keventd.signal(SIGSTOP);
    for (int burst = 0; uevent_socket(service_->keventd.pid()).dropped == 0; ++burst) {
      if (burst == kMostBursts) {
        support::fail("no socket of keventd overflows");
      }
      support::trigger_uevents(support::kQuietDevice, kBurst, uevent);
    }
  }

  // Lets keventd go on, and hears everything up to now.
  void go_on() {
    service_->keventd.signal(SIGCONT);
    support::ContractClient client(service_->bus.address(),
                                   [this](const support::Told& event) { accounts_.take(event); });
    if (!client.follow_until(within(kLongPatience), [&] { return accounts_.losses() > 0; })) {
      support::fail("no loss is told");
    }
    const std::string uuid = new_uuid();
    accounts_.expect_mark(uuid);
    support::trigger_marked_uevent(support::kQuietDevice, uuid);
    if (!client.follow_until(within(kLongPatience), [&] { return accounts_.marked(); })) {
      support::fail("the last uevent is not heard, of " +
                    std::to_string(support::uevent_seqnum() - seqnum_before_));
    }
    EXPECT_EQ(client.contract().forgotten(), 0U) << "the client did not keep up with the log";
  }

  std::unique_ptr<Service> service_;
  Accounts accounts_;
  std::uint64_t seqnum_before_ = 0;
};

TEST_F(Overrun, IsCountedToTheLastUevent) {
  stand_still_until_overrun();
  go_on();
  EXPECT_EQ(accounts_.lost(), accounts_.missing_since(seqnum_before_));
  EXPECT_EQ(accounts_.uevents_twice(), 0U);
}

TEST_F(Overrun, IsShownByTheSource) {
  stand_still_until_overrun();
  go_on();
  EXPECT_EQ(support::manager_property(service_->caller, "Sources")["uevent"]["Lost"]["data"],
            accounts_.lost());
}

TEST_F(Overrun, IsMendedWhereADeviceCame) {
  stand_still_until_overrun();
  const AddedLoopDevice loop;
  service_->keventd.signal(SIGCONT);
  const support::Heard* added =
      service_->tape.wait_for({.path = loop.object(), .member = "add"}, within(kLongPatience));
  ASSERT_NE(added, nullptr);
  EXPECT_TRUE(is_synthesized(*added));
}

TEST_F(Overrun, IsMendedWhereADeviceWent) {
  AddedLoopDevice loop;
  service_->hear({.path = loop.object(), .member = "add"});
  stand_still_until_overrun();
  loop.remove();
  service_->keventd.signal(SIGCONT);
  const support::Heard* removed =
      service_->tape.wait_for({.path = loop.object(), .member = "remove"}, within(kLongPatience));
  ASSERT_NE(removed, nullptr);
  EXPECT_TRUE(is_synthesized(*removed));
}

TEST_F(Overrun, LeavesTheStateOfAFreshStart) {
  AddedLoopDevice gone;
  service_->hear({.path = gone.object(), .member = "add"});
  stand_still_until_overrun();
  const AddedLoopDevice come;
  gone.remove();
  service_->keventd.signal(SIGCONT);
  EXPECT_TRUE(tells_what_a_fresh_start_tells(*service_));
}

class StoppedInAStorm : public Overrun {
 protected:
  // Stands still while the storm goes on for ten seconds, and then goes on in it.
  void stand_still_for_ten_seconds() {
    support::UeventStorm storm(support::kQuietDevice, kStormPerSecond);
    ASSERT_TRUE(wait_for(storm, kStormUntilStopped));
    service_->keventd.signal(SIGSTOP);
    ASSERT_TRUE(wait_for(storm, kStormUntilStopped + kStormWhileStopped));
    service_->keventd.signal(SIGCONT);
    ASSERT_TRUE(wait_for(storm, 2 * kStormUntilStopped + kStormWhileStopped));
  }

  static bool wait_for(const support::UeventStorm& storm, std::uint64_t count) {
    return support::eventually(within(kLongPatience), [&] { return storm.count() >= count; });
  }
};

TEST_F(StoppedInAStorm, CountsToTheLastUeventAndMends) {
  Tally tally(service_->bus.address());
  const std::uint64_t before = support::uevent_seqnum();
  stand_still_for_ten_seconds();
  EXPECT_TRUE(tally.agrees_with_the_kernel(before)) << service_->keventd.error_output();
  EXPECT_TRUE(tells_what_a_fresh_start_tells(*service_));
}

class OverrunOfTheWholeBuffer : public Overrun {
 protected:
  void start_service() override { service_ = std::make_unique<Service>(); }
};

// 128 MiB, and each uevent is heard or counted.
TEST_F(OverrunOfTheWholeBuffer, IsCountedAndMended) {
  Tally tally(service_->bus.address());
  stand_still_until_overrun(large_uevent());
  service_->keventd.signal(SIGCONT);
  EXPECT_TRUE(tally.agrees_with_the_kernel(seqnum_before_)) << service_->keventd.error_output();
  EXPECT_GT(tally.lost(), 0U);
  EXPECT_TRUE(tells_what_a_fresh_start_tells(*service_));
}

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// Overrun: keventd stands still until the kernel drops uevents for its full socket. They are
// counted to the last one, and the tree of objects is right afterwards. keventd runs without
// privilege here, since its socket then holds thousands of uevents and not hundreds of thousands.
#include <gtest/gtest.h>
#include <signal.h>

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
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::AddedLoopDevice;
using support::within;

constexpr uid_t kNobody = 65534;
constexpr int kBurst = 10000;
constexpr int kMostBursts = 200;
constexpr int kUeventProtocol = 15;  // NETLINK_KOBJECT_UEVENT
constexpr std::chrono::seconds kLongPatience{90};

// How many messages the kernel has dropped for the uevent sockets of a process, by
// /proc/net/netlink.
std::uint64_t dropped(pid_t pid) {
  std::ifstream table("/proc/net/netlink");
  std::uint64_t sum = 0;
  for (std::string line; std::getline(table, line);) {
    std::istringstream columns(line);
    std::string socket, groups, memory_read, memory_written, dump, locks;
    int protocol = 0;
    std::int64_t port = 0;
    std::uint64_t drops = 0;
    if (columns >> socket >> protocol >> port >> groups >> memory_read >> memory_written >> dump >>
            locks >> drops &&
        protocol == kUeventProtocol && port == pid) {
      sum += drops;
    }
  }
  return sum;
}

class Overrun : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      service_ = std::make_unique<Service>(support::KeventdOptions{.user = kNobody});
      service_->settle();
    }
  }

  void stand_still_until_overrun() {
    seqnum_before_ = support::uevent_seqnum();
    service_->keventd.signal(SIGSTOP);
    for (int burst = 0; dropped(service_->keventd.pid()) == 0; ++burst) {
      if (burst == kMostBursts) {
        support::fail("no socket of keventd overflows");
      }
      support::trigger_uevents(support::kQuietDevice, kBurst);
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

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// A bus that dies under the service and comes back.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "tests/support/contract_client.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::kPatience;
using support::within;

// One line for the loss of the bus, one for the first attempt that came too early, one for the
// return.
constexpr std::ptrdiff_t kMostLines = 3;
constexpr int kUevents = 100;

class BusOutage : public SystemTest {
 protected:
  // Stops the bus, lets `kUevents` and a marked one happen, and brings the bus back.
  void live_through_outage() {
    uuid_ = new_uuid();
    seqnum_before_ = support::uevent_seqnum();
    service_->bus.stop();
    support::trigger_uevents(support::kQuietDevice, kUevents);
    support::trigger_marked_uevent(support::kQuietDevice, uuid_);
    service_->bus.start();
  }

  // A client that is made after the outage and hears up to the mark.
  bool hear_all(Accounts& accounts) {
    accounts.expect_mark(uuid_);
    support::ContractClient client(service_->bus.address(),
                                   [&](const support::Told& event) { accounts.take(event); });
    return client.follow_until(within(kPatience), [&] { return accounts.marked(); });
  }

  std::ptrdiff_t lines_said() const {
    const std::string said = service_->keventd.error_output();
    return std::ranges::count(said, '\n');
  }

  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      service_ = std::make_unique<Service>();
    }
  }

  std::unique_ptr<Service> service_;
  std::string uuid_;
  std::uint64_t seqnum_before_ = 0;
};

TEST_F(BusOutage, LosesNothing) {
  live_through_outage();
  Accounts accounts;
  ASSERT_TRUE(hear_all(accounts)) << service_->keventd.error_output();
  EXPECT_EQ(accounts.missing_since(seqnum_before_), 0U);
  EXPECT_EQ(accounts.sequence_errors(), 0U);
}

TEST_F(BusOutage, SendsSignalsAgainAfterwards) {
  live_through_outage();
  support::Tape tape(service_->bus.address());
  Accounts accounts;
  ASSERT_TRUE(hear_all(accounts)) << service_->keventd.error_output();
  const std::string uuid = new_uuid();
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  EXPECT_NE(
      tape.wait_for(
          {.interface = "Hotplug",
           .also = [&](const support::Heard& heard) { return is_marked(heard.details(), uuid); }}),
      nullptr);
}

TEST_F(BusOutage, LeavesTheObjectsReadable) {
  live_through_outage();
  Accounts accounts;
  ASSERT_TRUE(hear_all(accounts)) << service_->keventd.error_output();
  support::BusConnection caller(service_->bus.address());
  EXPECT_EQ(support::property(caller, "/org/kernel/devices/virtual/mem/null",
                              "org.kernel.Events1.Device", "SysfsPath"),
            "/sys/devices/virtual/mem/null");
}

TEST_F(BusOutage, IsLoggedOnce) {
  const std::ptrdiff_t before = lines_said();
  live_through_outage();
  Accounts accounts;
  ASSERT_TRUE(hear_all(accounts)) << service_->keventd.error_output();
  EXPECT_GE(lines_said() - before, 1);
  EXPECT_LE(lines_said() - before, kMostLines) << service_->keventd.error_output();
}

TEST_F(BusOutage, DoesNotKeepKeventdFromEnding) {
  service_->bus.stop();
  ASSERT_TRUE(support::eventually(within(kPatience), [this] { return lines_said() > 1; }));
  EXPECT_EQ(service_->keventd.stop(), 0);
}

TEST_F(BusOutage, CanComeAgainAndAgain) {
  for (int outage = 0; outage < 3; ++outage) {
    live_through_outage();
    Accounts accounts;
    ASSERT_TRUE(hear_all(accounts)) << service_->keventd.error_output();
  }
}

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// Another process takes the bus name over, as root may. The service waits for the name, and what
// happens meanwhile is published when it has it again.
#include <gtest/gtest.h>
#include <systemd/sd-bus.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::within;

constexpr int kUevents = 300;  // more than are in flight at a time

class NameTakenOver : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>();
    service_->settle();
    service_->tape.clear();
    other_ = std::make_unique<support::BusConnection>(service_->bus.address());
  }

  void take_name() {
    ASSERT_GT(sd_bus_request_name(other_->raw(), support::kService, SD_BUS_NAME_REPLACE_EXISTING),
              0);
    ASSERT_TRUE(eventually_logged("another process has taken the bus name over"));
  }
  void release_name() { ASSERT_GE(sd_bus_release_name(other_->raw(), support::kService), 0); }

  bool eventually_logged(const std::string& words) const {
    return support::eventually(within(support::kPatience), [&] {
      return service_->keventd.error_output().find(words) != std::string::npos;
    });
  }

  // The sequences of all event signals up to the one of a uevent that comes last.
  std::vector<std::uint64_t> sequences_to_the_end() {
    const std::string uuid = new_uuid();
    support::trigger_marked_uevent(support::kQuietDevice, uuid);
    const auto* last = service_->tape.wait_for({.also = [&](const support::Heard& heard) {
      return heard.is_event() && is_marked(heard.details(), uuid);
    }});
    EXPECT_NE(last, nullptr) << service_->keventd.error_output();
    std::vector<std::uint64_t> sequences;
    for (const auto& heard : service_->tape.recorded()) {
      if (heard.is_event()) sequences.push_back(heard.sequence());
    }
    return sequences;
  }

  std::unique_ptr<Service> service_;
  std::unique_ptr<support::BusConnection> other_;
};

TEST_F(NameTakenOver, IsWaitedForAndNothingIsLost) {
  const std::string log = support::manager_property(service_->caller, "LogId");
  take_name();
  support::trigger_uevents(support::kQuietDevice, kUevents);
  release_name();
  ASSERT_TRUE(eventually_logged("the bus name is free again"));
  const auto sequences = sequences_to_the_end();
  ASSERT_GE(sequences.size(), static_cast<std::size_t>(kUevents));
  for (std::size_t i = 1; i < sequences.size(); ++i) {
    ASSERT_EQ(sequences[i], sequences[i - 1] + 1);
  }
  EXPECT_EQ(support::manager_property(service_->caller, "LogId"), log);
}

// What was sent and not confirmed when the name went is sent again: at least once, none left out.
TEST_F(NameTakenOver, InTheMiddleOfABurstLosesNothing) {
  for (int round = 0; round < 5; ++round) {
    support::trigger_uevents(support::kQuietDevice, kUevents);
    ASSERT_GE(sd_bus_request_name(other_->raw(), support::kService, SD_BUS_NAME_REPLACE_EXISTING),
              0);
    support::trigger_uevents(support::kQuietDevice, kUevents);
    release_name();
  }
  auto sequences = sequences_to_the_end();
  std::sort(sequences.begin(), sequences.end());
  sequences.erase(std::unique(sequences.begin(), sequences.end()), sequences.end());
  ASSERT_GE(sequences.size(), static_cast<std::size_t>(10 * kUevents));
  EXPECT_EQ(sequences.back() - sequences.front() + 1, sequences.size());
}

TEST_F(NameTakenOver, DoesNotKeepKeventdFromEnding) {
  take_name();
  EXPECT_EQ(service_->keventd.stop(), 0);
}

TEST_F(NameTakenOver, IsWaitedForAlsoWhenTheBusDiesMeanwhile) {
  take_name();
  service_->bus.stop();
  service_->bus.start();
  ASSERT_TRUE(eventually_logged("back on the bus"));
  support::BusConnection caller(service_->bus.address());
  EXPECT_TRUE(support::find_device(caller, "/dev/null").ok());
}

}  // namespace
}  // namespace kevent::system

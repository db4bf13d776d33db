// SPDX-License-Identifier: LGPL-2.1-or-later
// Following through every outage, against a stand-in for the service on a private bus.
#include "lib/client/watcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include "lib/client/names.h"
#include "tests/client/stand_in_service.h"
#include "tests/support/bus_connection.h"
#include "tests/support/eventually.h"
#include "tests/support/private_bus.h"

namespace kevent::client {
namespace {

using test::loop_event;
using test::StandInService;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WatcherThroughOutages : public ::testing::Test {
 protected:
  void start_service() { service_.emplace(bus_.address()); }

  bool follow(const std::function<bool()>& predicate) {
    const auto deadline = support::within(support::kPatience);
    while (true) {
      for (const Item& item : watcher_.dispatch()) {
        const auto* event = std::get_if<event::Event>(&item);
        sequences_.push_back(event == nullptr ? 0 : event->sequence);
      }
      if (predicate()) return true;
      if (std::chrono::steady_clock::now() >= deadline) return false;
      watcher_.wait(std::chrono::milliseconds(50));
    }
  }

  bool follow_to(std::uint64_t sequence) {
    return follow([&] { return !sequences_.empty() && sequences_.back() == sequence; });
  }

  bool follow_to(Presence presence) {
    return follow([&] { return watcher_.presence() == presence; });
  }

  support::PrivateBus bus_;
  std::optional<StandInService> service_;
  Watcher watcher_{bus_.address(), Follower::since(0)};
  std::vector<std::uint64_t> sequences_;
};

TEST_F(WatcherThroughOutages, WaitsForAServiceThatIsNotThereYet) {
  ASSERT_TRUE(follow_to(Presence::kNoService));
  EXPECT_THAT(watcher_.problem(), HasSubstr("does keventd run?"));
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  EXPECT_THAT(watcher_.problem(), IsEmpty());
}

TEST_F(WatcherThroughOutages, GoesOnWhenTheServiceIsBack) {
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  service_->stop();
  ASSERT_TRUE(follow_to(Presence::kNoService));
  service_->happen_unheard(loop_event("change"));
  service_->start();
  ASSERT_TRUE(follow_to(2));
  EXPECT_THAT(sequences_, ElementsAre(1, 2));
}

TEST_F(WatcherThroughOutages, GoesOnFromItsPositionWhenTheBusIsBack) {
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  service_->stop();
  bus_.stop();
  ASSERT_TRUE(follow_to(Presence::kNoBus));
  EXPECT_EQ(watcher_.client(), nullptr);
  EXPECT_THAT(watcher_.problem(), HasSubstr("the connection to the bus is gone"));
  bus_.start();
  service_->happen_unheard(loop_event("change"));
  service_->start();
  ASSERT_TRUE(follow_to(2));
  EXPECT_THAT(sequences_, ElementsAre(1, 2));
}

TEST_F(WatcherThroughOutages, AsksAgainAServiceThatRefused) {
  start_service();
  service_->happen(loop_event("add"));
  service_->refuse("org.freedesktop.DBus.Error.AccessDenied");
  ASSERT_TRUE(follow_to(Presence::kNoBus));
  EXPECT_THAT(watcher_.problem(), HasSubstr("AccessDenied"));
  service_->refuse("");
  ASSERT_TRUE(follow_to(1));
}

// W4
TEST_F(WatcherThroughOutages, IsOffTheBusWhilePaused) {
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  support::BusConnection observer(bus_.address());
  const std::size_t before = support::connections(observer);
  watcher_.pause();
  EXPECT_TRUE(follow([&] { return support::connections(observer) == before - 1; }));
  EXPECT_EQ(watcher_.presence(), Presence::kNoBus);
}

// W4
TEST_F(WatcherThroughOutages, GoesOnFromItsPositionAfterAPause) {
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  watcher_.pause();
  service_->happen(loop_event("change"));
  service_->happen(loop_event("remove"));
  EXPECT_THAT(watcher_.dispatch(), IsEmpty());
  watcher_.resume();
  ASSERT_TRUE(follow_to(3));
  EXPECT_THAT(sequences_, ElementsAre(1, 2, 3));
}

// W4, F5
TEST_F(WatcherThroughOutages, TellsWhatWasOverwrittenDuringAPause) {
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  watcher_.pause();
  for (int i = 0; i < 3; ++i) service_->happen_unheard(loop_event("change"));
  service_->forget(3);
  watcher_.resume();
  ASSERT_TRUE(follow_to(4));
  EXPECT_THAT(sequences_, ElementsAre(1, 0, 4));
}

// W4
TEST_F(WatcherThroughOutages, TellsAfterAPauseWhatWasWrongBefore) {
  start_service();
  service_->refuse("org.freedesktop.DBus.Error.AccessDenied");
  ASSERT_TRUE(follow_to(Presence::kNoBus));
  watcher_.pause();
  EXPECT_EQ(watcher_.problem(), "paused");
  watcher_.resume();
  EXPECT_THAT(watcher_.problem(), HasSubstr("AccessDenied"));
}

// W4
TEST_F(WatcherThroughOutages, WaitsForNothingOfItsOwnWhilePaused) {
  start_service();
  service_->happen(loop_event("add"));
  ASSERT_TRUE(follow_to(1));
  watcher_.pause();
  const auto begin = std::chrono::steady_clock::now();
  watcher_.wait(std::chrono::milliseconds(50));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(50));
}

TEST_F(WatcherThroughOutages, FollowsFromNowOnlyWhenTheServiceHasAnswered) {
  Watcher from_now(bus_.address(), Follower::from_now());
  EXPECT_FALSE(from_now.follows());
  start_service();
  EXPECT_TRUE(support::eventually(support::within(support::kPatience), [&] {
    from_now.dispatch();
    return from_now.follows();
  }));
}

TEST_F(WatcherThroughOutages, IsNotHeldUpByAServiceThatHangs) {
  support::BusConnection hangs(bus_.address());
  ASSERT_GE(sd_bus_request_name(hangs.raw(), kServiceName, 0), 0);
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(follow_to(Presence::kPresent));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, support::kPatience);
}

}  // namespace
}  // namespace kevent::client

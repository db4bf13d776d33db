// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <variant>

#include "tests/client/stand_in_service.h"
#include "tests/gui/qt_loop.h"
#include "tests/support/private_bus.h"

namespace kevent::test {
namespace {

using client::Presence;
using gui::Service;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kLargestBatch = 250;

class ServiceTest : public ::testing::Test {
 protected:
  ServiceTest() { need_qt(); }

  // Follows from now on.
  void follow() {
    service_.emplace(bus_.address());
    QObject::connect(
        &*service_, &Service::items_arrived,
        [this](const std::vector<client::Item>& items, bool history) { take(items, history); });
    QObject::connect(&*service_, &Service::history_ended, [this] { ended_at_ = all_.size(); });
    QObject::connect(&*service_, &Service::presence_changed,
                     [this](Presence presence) { presence_ = presence; });
    service_->start();
  }

  void take(const std::vector<client::Item>& items, bool history) {
    largest_batch_ = std::max(largest_batch_, items.size());
    for (const client::Item& item : items) {
      const auto* event = std::get_if<event::Event>(&item);
      const std::string name = event != nullptr ? event->signal : "(no event)";
      all_.push_back(name);
      (history ? history_ : news_).push_back(name);
    }
  }

  bool follows_to(Presence presence) {
    return spin_until([&] { return presence_ == presence; });
  }
  bool has_news(std::size_t count) {
    return spin_until([&] { return news_.size() >= count; });
  }
  bool has_history() {
    return spin_until([&] { return ended_at_.has_value(); });
  }

  support::PrivateBus bus_;
  std::optional<StandInService> stand_in_{bus_.address()};
  std::vector<std::string> all_;
  std::vector<std::string> history_;
  std::vector<std::string> news_;
  std::size_t largest_batch_ = 0;
  std::optional<std::size_t> ended_at_;  // how many items came before
  std::optional<Presence> presence_;
  std::optional<Service> service_;
};

TEST_F(ServiceTest, HandsOutTheHistoryFirstAndThenNews) {  // S2
  stand_in_->happen(loop_event("a"));
  stand_in_->happen(loop_event("b"));
  follow();
  ASSERT_TRUE(has_history());
  stand_in_->happen(loop_event("c"));
  ASSERT_TRUE(has_news(1));
  EXPECT_THAT(history_, ElementsAre("a", "b"));
  EXPECT_THAT(news_, ElementsAre("c"));
  EXPECT_EQ(ended_at_, 2U);
}

TEST_F(ServiceTest, HasNoHistoryOfAnEmptyLog) {  // S2
  follow();
  ASSERT_TRUE(has_history());
  stand_in_->happen(loop_event("a"));
  ASSERT_TRUE(has_news(1));
  EXPECT_THAT(history_, IsEmpty());
}

TEST_F(ServiceTest, MissesNothingOverARestartOfTheService) {  // S3
  follow();
  ASSERT_TRUE(has_history());
  stand_in_->stop();
  ASSERT_TRUE(follows_to(Presence::kNoService));
  stand_in_->happen_unheard(loop_event("meanwhile"));
  stand_in_->start();
  ASSERT_TRUE(has_news(1));
  EXPECT_THAT(news_, ElementsAre("meanwhile"));
}

TEST_F(ServiceTest, MissesNothingOverARestartOfTheBus) {  // S3
  follow();
  ASSERT_TRUE(has_history());
  bus_.stop();
  ASSERT_TRUE(follows_to(Presence::kNoBus));
  stand_in_->stop();
  stand_in_->happen_unheard(loop_event("meanwhile"));
  bus_.start();
  stand_in_->start();
  ASSERT_TRUE(has_news(1));
  EXPECT_THAT(news_, ElementsAre("meanwhile"));
}

TEST_F(ServiceTest, TellsOfANewLogAsNews) {  // S3
  stand_in_->happen(loop_event("old"));
  follow();
  ASSERT_TRUE(has_history());
  stand_in_->stop();
  stand_in_->start_with_new_log(std::string(32, 'b'));
  stand_in_->happen(loop_event("new"));
  ASSERT_TRUE(has_news(2));
  EXPECT_THAT(news_, ElementsAre("(no event)", "new"));
}

TEST_F(ServiceTest, HandsOutSmallBatches) {  // S4
  for (int i = 0; i < 2000; ++i) stand_in_->happen_unheard(loop_event("a"));
  follow();
  ASSERT_TRUE(has_history());
  EXPECT_EQ(history_.size(), 2000U);
  EXPECT_LE(largest_batch_, kLargestBatch);
}

TEST_F(ServiceTest, WaitsForWhoeverIsSlow) {  // S1
  for (int i = 0; i < 2000; ++i) stand_in_->happen_unheard(loop_event("a"));
  follow();
  // Nothing of Qt is handled meanwhile, and the thread has read all that it is given.
  ASSERT_TRUE(support::eventually(support::within(support::kPatience),
                                  [&] { return stand_in_->questions() > 0; }));
  EXPECT_THAT(all_, IsEmpty());
  ASSERT_TRUE(has_history());
  EXPECT_EQ(all_.size(), 2000U);
}

TEST_F(ServiceTest, TakesAllForHistoryWhileItDoesNotKnowWhereTheLogEnds) {  // S2
  stand_in_->happen(loop_event("a"));
  stand_in_->hang(true);
  follow();
  ASSERT_TRUE(support::eventually(support::within(support::kPatience),
                                  [&] { return stand_in_->questions() > 0; }));
  stand_in_->stop();
  stand_in_->hang(false);
  stand_in_->start();
  ASSERT_TRUE(has_history());
  EXPECT_THAT(history_, ElementsAre("a"));
  EXPECT_THAT(news_, IsEmpty());
}

TEST_F(ServiceTest, EndsAtOnceWhileTheBusHangs) {
  follow();
  ASSERT_TRUE(has_history());
  ASSERT_EQ(::kill(bus_.pid(), SIGSTOP), 0);
  const support::Deadline deadline = support::within(std::chrono::seconds(10));
  service_.reset();
  EXPECT_LT(std::chrono::steady_clock::now(), deadline);
  ASSERT_EQ(::kill(bus_.pid(), SIGCONT), 0);
}

TEST_F(ServiceTest, EndsAtOnceWhileItConnectsToABusThatHangs) {
  ASSERT_EQ(::kill(bus_.pid(), SIGSTOP), 0);
  const support::Deadline deadline = support::within(std::chrono::seconds(10));
  follow();
  service_.reset();
  EXPECT_LT(std::chrono::steady_clock::now(), deadline);
  ASSERT_EQ(::kill(bus_.pid(), SIGCONT), 0);
}

}  // namespace
}  // namespace kevent::test

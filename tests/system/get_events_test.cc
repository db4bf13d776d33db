// SPDX-License-Identifier: LGPL-2.1-or-later
// GetEvents at the edges of its arguments.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Json;
using support::Reply;

constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();
constexpr int kEvents = 1500;  // more than one answer holds
constexpr std::size_t kMostEvents = 1000;

// A service with some events.
class GetEvents : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      service_ = std::make_unique<Service>();
      support::trigger_uevents(support::kQuietDevice, kEvents);
      service_->settle();
    }
  }

  Reply ask(std::uint64_t after, std::uint32_t limit = 0) {
    Reply reply = support::get_events(service_->caller, after, limit);
    EXPECT_TRUE(reply.ok()) << reply.error;
    return reply;
  }
  std::uint64_t last() { return support::manager_property(service_->caller, "LastSequence"); }

  std::unique_ptr<Service> service_;
};

TEST_F(GetEvents, AnswersAThousandAtMost) {
  EXPECT_EQ(ask(0).arguments[0].size(), kMostEvents);
}

TEST_F(GetEvents, AnswersAsManyAsTheLimit) {
  const Reply reply = ask(0, 1);
  ASSERT_EQ(reply.arguments[0].size(), 1U);
  EXPECT_EQ(reply.arguments[0][0][0], 1);
  EXPECT_EQ(reply.arguments[2], 1);
}

TEST_F(GetEvents, IsNotLedAstrayByTheLargestLimit) {
  EXPECT_EQ(ask(0, kNoLimit).arguments[0].size(), kMostEvents);
}

TEST_F(GetEvents, HasTheSignatureOfTheContract) {
  EXPECT_EQ(ask(0, 1).signature, "a(ttsosya{sv})tts");
}

TEST_F(GetEvents, AnswersInOrderWithoutHoles) {
  std::uint64_t expected = 0;
  const Reply reply = ask(0);
  for (const Json& event : reply.arguments[0]) {
    EXPECT_EQ(event[0], ++expected);
  }
}

TEST_F(GetEvents, GoesOnWhereTheLastAnswerEnded) {
  EXPECT_EQ(ask(ask(0).arguments[2], 1).arguments[0][0][0], kMostEvents + 1);
}

TEST_F(GetEvents, AnswersTheLastEventAlone) {
  const std::uint64_t newest = last();
  const Reply reply = ask(newest - 1);
  ASSERT_EQ(reply.arguments[0].size(), 1U);
  EXPECT_EQ(reply.arguments[0][0][0], newest);
}

TEST_F(GetEvents, AnswersNothingAtTheEndAndBeyond) {
  const std::uint64_t newest = last();
  for (const std::uint64_t after : {newest, newest + 1, kAll}) {
    const Reply reply = ask(after);
    EXPECT_TRUE(reply.arguments[0].empty()) << after;
    EXPECT_EQ(reply.arguments[2], newest) << after;
  }
}

TEST_F(GetEvents, NamesItsLog) {
  const Reply reply = ask(kAll);
  EXPECT_EQ(reply.arguments[3], support::manager_property(service_->caller, "LogId"));
  EXPECT_EQ(reply.arguments[3].get<std::string>().size(), 32U);
}

TEST_F(GetEvents, KnowsTheOldestSequence) {
  EXPECT_EQ(ask(kAll).arguments[1], support::manager_property(service_->caller, "OldestSequence"));
}

TEST_F(GetEvents, TellsWhatTheSignalsTold) {
  const support::Heard heard = service_->tape.recorded().back();
  const Json event = ask(heard.sequence() - 1, 1).arguments[0][0];
  EXPECT_EQ(event[0], heard.sequence());
  EXPECT_EQ(event[1], heard.time_us());
  EXPECT_EQ("org.kernel.Events1." + event[2].get<std::string>(), heard.interface);
  EXPECT_EQ(event[3], heard.path);
  EXPECT_EQ(event[4], heard.member);
  EXPECT_EQ(event[5], heard.priority());
  EXPECT_EQ(event[6], heard.details());
}

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// Publisher and BusSession on a real bus and a real log, without sources.
#include "service/bus/publisher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "service/bus/bus_session.h"
#include "service/log/recorder.h"
#include "tests/support/private_bus.h"
#include "tests/support/tape.h"
#include "tests/support/temporary_directory.h"

namespace kevent::bus {
namespace {

event::Event event_of(const std::string& signal) {
  event::Event event;
  event.time_us = 1;
  event.group = event::Group::kHotplug;
  event.object = "/module/test";
  event.signal = signal;
  return event;
}

class PublisherOnABus : public ::testing::Test {
 protected:
  PublisherOnABus()
      : recorder_(log::Recorder::open(folder_.path(), log::kSmallestLogSize, "boot").value()),
        publisher_(recorder_.log(),
                   {[this] { ++progressed_; }, [this](std::uint64_t n) { overwritten_ += n; }}),
        session_(open().value()),
        tape_(bus_.address()) {}

  base::Result<std::unique_ptr<BusSession>> open() {
    return BusSession::open(
        bus_.address(), {{recorder_.log(), sysfs_, [] { return event::SourceStatuses(); }, "test"},
                         recorder_.state(),
                         [] {},
                         [] {}});
  }

  void record(int count) {
    for (int i = 0; i < count; ++i) recorder_.record(event_of("signal" + std::to_string(i)));
  }

  // As the service does: the log first, then the bus.
  void record_and_publish(int count) {
    for (int i = 0; i < count; ++i) {
      event::Event event = event_of("signal" + std::to_string(i));
      event.sequence = recorder_.record(event);
      publisher_.appended(event);
    }
  }

  // Runs the session until the whole log is published.
  bool publish_all() {
    return support::eventually(support::within(support::kPatience), [this] {
      while (session_->process()) {
      }
      publisher_.ask();
      return recorder_.log().published() == recorder_.log().last_sequence();
    });
  }

  std::vector<std::uint64_t> heard(std::uint64_t last) {
    tape_.wait_for(
        {.also = [&](const auto& heard) { return heard.is_event() && heard.sequence() == last; }});
    std::vector<std::uint64_t> sequences;
    for (const auto& heard : tape_.all({.interface = "Hotplug"}))
      sequences.push_back(heard.sequence());
    return sequences;
  }

  support::PrivateBus bus_;
  support::TemporaryDirectory folder_;
  sysfs::Sysfs sysfs_;
  log::Recorder recorder_;
  int progressed_ = 0;
  std::uint64_t overwritten_ = 0;
  Publisher publisher_;
  std::unique_ptr<BusSession> session_;
  support::Tape tape_;
};

TEST_F(PublisherOnABus, SendsOneWindowAndWaitsForItsAnswers) {
  record(static_cast<int>(Publisher::kWindow) + 1);
  publisher_.attach(session_.get());
  EXPECT_TRUE(publisher_.waiting());
  EXPECT_FALSE(publisher_.unasked());
  EXPECT_EQ(recorder_.log().published(), 0u);
  ASSERT_TRUE(publish_all());
  EXPECT_FALSE(publisher_.waiting());
  EXPECT_EQ(progressed_, 5);
}

TEST_F(PublisherOnABus, AsksForALoneEventWhenItIsTold) {
  publisher_.attach(session_.get());
  record_and_publish(1);
  EXPECT_EQ(heard(1), std::vector<std::uint64_t>{1});
  EXPECT_TRUE(publisher_.unasked());
  EXPECT_FALSE(publisher_.waiting());
  publisher_.ask();
  EXPECT_FALSE(publisher_.unasked());
  EXPECT_TRUE(publisher_.waiting());
  ASSERT_TRUE(publish_all());
  EXPECT_EQ(progressed_, 1);
}

TEST_F(PublisherOnABus, SendsWhatIsAppendedAfterWhatWaits) {
  record(100);
  publisher_.attach(session_.get());
  record(100);
  record_and_publish(1000);
  ASSERT_TRUE(publish_all());
  const auto sequences = heard(1200);
  ASSERT_EQ(sequences.size(), 1200u);
  EXPECT_TRUE(std::is_sorted(sequences.begin(), sequences.end()));
}

TEST_F(PublisherOnABus, SendsEveryEventOnceInOrder) {
  record(1000);
  publisher_.attach(session_.get());
  ASSERT_TRUE(publish_all());
  const auto sequences = heard(1000);
  ASSERT_EQ(sequences.size(), 1000u);
  EXPECT_TRUE(std::is_sorted(sequences.begin(), sequences.end()));
}

TEST_F(PublisherOnABus, BeginsANewSessionAtTheMark) {
  record(300);
  publisher_.attach(session_.get());
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), [this] {
    session_->process();
    return recorder_.log().published() == Publisher::kBatch;
  }));
  publisher_.attach(nullptr);
  session_.reset();
  session_ = open().value();
  publisher_.attach(session_.get());
  ASSERT_TRUE(publish_all());
  const auto sequences = heard(300);
  // More were under way: at least once.
  EXPECT_EQ(std::set<std::uint64_t>(sequences.begin(), sequences.end()).size(), 300u);
}

// And gives the session up, whose objects have missed them too.
TEST_F(PublisherOnABus, SaysOnceHowManyTheLogHasOverwritten) {
  record(5000);  // more than the smallest log holds
  const std::uint64_t oldest = recorder_.log().oldest_sequence();
  ASSERT_GT(oldest, 1u);
  publisher_.attach(session_.get());
  EXPECT_TRUE(session_->broken());
  session_ = open().value();
  publisher_.attach(session_.get());
  ASSERT_TRUE(publish_all());
  EXPECT_EQ(overwritten_, oldest - 1);
}

TEST_F(PublisherOnABus, SendsNothingWithoutASession) {
  record_and_publish(1);
  EXPECT_FALSE(publisher_.unasked());
  publisher_.attach(session_.get());
  bus_.stop();
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), [this] {
    session_->process();
    return session_->broken();
  }));
  record(1);
  publisher_.attach(session_.get());
  EXPECT_FALSE(publisher_.unasked());
  EXPECT_LT(recorder_.log().published(), recorder_.log().last_sequence());
}

// sd-bus refuses it; the events after it are sent all the same.
TEST_F(PublisherOnABus, PassesOverAnEventThatIsNoLegalSignal) {
  publisher_.attach(session_.get());
  event::Event broken = event_of("broken");
  broken.details.set("NotText", std::string("\xff"));
  broken.sequence = recorder_.record(broken);
  publisher_.appended(broken);
  record_and_publish(1);
  EXPECT_EQ(heard(2), std::vector<std::uint64_t>{2});
  EXPECT_FALSE(session_->broken());
}

// What a stalled session is replaced by.
TEST_F(PublisherOnABus, TakesTheNameFromItsOwnOlderSession) {
  EXPECT_TRUE(open().ok());
}

// The name was lost in between: what was sent has reached nobody.
TEST_F(PublisherOnABus, TakesNoAnswerFromBeforeItWasDetached) {
  publisher_.attach(session_.get());
  record_and_publish(10);
  publisher_.ask();
  publisher_.attach(nullptr);
  bool answered = false;
  session_->confirm([&] { answered = true; });
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), [&] {
    while (session_->process()) {
    }
    return answered;
  }));
  EXPECT_EQ(recorder_.log().published(), 0U);
  publisher_.attach(session_.get());
  EXPECT_TRUE(publish_all());
}

}  // namespace
}  // namespace kevent::bus

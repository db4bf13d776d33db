// SPDX-License-Identifier: LGPL-2.1-or-later
// The log against a model, a std::deque that forgets nothing, under random operations: sequences
// never repeat, what is held is the model's tail, and lost counts add up.
#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "service/log/event_log.h"
#include "service/log/ring.h"
#include "tests/log/fixture.h"

namespace kevent::log {
namespace {

class ModelTest : public LogTest, public ::testing::WithParamInterface<std::uint32_t> {
 protected:
  void append() {
    const event::Event event = event_number(random_(), random_size());
    const std::uint64_t before = log_->last_sequence();
    const std::uint64_t sequence = log_->append(event);
    if (sequence == 0) ++lost_;
    for (std::uint64_t number = before + 1; number <= log_->last_sequence(); ++number) {
      const auto answer = log_->read(number - 1, event::Filter{}, 1);
      ASSERT_EQ(sequences(answer.events), std::vector<std::uint64_t>{number});
      check_new(answer.events[0], number == sequence ? &event : nullptr);
      model_.push_back(answer.events[0]);
    }
    ASSERT_TRUE(sequence == 0 || sequence == log_->last_sequence());
    ASSERT_EQ(log_->lost(), lost_);
  }

  // `appended`: the event that was to be written under this number; none: it is the log's own.
  void check_new(const event::Event& found, const event::Event* appended) {
    if (appended != nullptr) {
      event::Event expected = *appended;
      expected.sequence = found.sequence;
      ASSERT_EQ(found, expected);
      ASSERT_EQ(told_, lost_);
      return;
    }
    ASSERT_TRUE(event::is_events_lost(found));
    told_ += *found.details.get<std::uint64_t>("Count");
    ASSERT_LE(told_, lost_);
  }

  void reopen() {
    log_.reset();
    log_ = std::make_unique<EventLog>(open());
    ASSERT_FALSE(log_->is_new());
    lost_ = 0;
    told_ = 0;
  }

  void check_held() const {
    ASSERT_EQ(log_->last_sequence(), model_.size());
    std::uint64_t sequence = log_->oldest_sequence();
    for (const event::Event& event : all_events(*log_)) {
      ASSERT_EQ(event, model_[sequence - 1]);
      ++sequence;
    }
    ASSERT_EQ(sequence, model_.size() + 1);
    ASSERT_LE(log_->bytes_after(0), log_->capacity());
  }

  std::size_t random_size() {
    const auto kind = random_() % 50;
    if (kind == 0) return random_() % (2 * kLargestRecord);
    if (kind == 1) return kLargestRecord - 200 + random_() % 250;
    return random_() % 2000;
  }

  std::mt19937 random_{GetParam()};
  std::unique_ptr<EventLog> log_ = std::make_unique<EventLog>(open());
  std::deque<event::Event> model_;  // the event with sequence n is at n - 1
  std::uint64_t lost_ = 0;          // since the log was opened
  std::uint64_t told_ = 0;          // of these, by events_lost
};

TEST_P(ModelTest, AgreesWithTheLog) {
  ASSERT_NO_FATAL_FAILURE(append());
  for (int step = 0; step < 1500; ++step) {
    SCOPED_TRACE(step);
    std::optional<FileSizeLimit> limit;
    if (random_() % 20 == 0) limit.emplace(kArea + random_() % log_->capacity());
    ASSERT_NO_FATAL_FAILURE(append());
    limit.reset();
    if (random_() % 40 == 0) {
      ASSERT_NO_FATAL_FAILURE(reopen());
    }
    if (random_() % 20 == 0) {
      ASSERT_NO_FATAL_FAILURE(check_held());
    }
  }
  EXPECT_GT(log_->oldest_sequence(), 100U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelTest, ::testing::Range(0U, 8U));

}  // namespace
}  // namespace kevent::log

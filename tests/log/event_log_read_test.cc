// SPDX-License-Identifier: LGPL-2.1-or-later
// EventLog::read(): what GetEvents answers.
#include <gmock/gmock.h>

#include <cstdint>
#include <string>

#include "service/log/event_log.h"
#include "service/log/record.h"
#include "tests/log/fixture.h"

namespace kevent::log {
namespace {

using event::Filter;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint64_t kLimits[] = {0, 1, 2, UINT32_MAX, UINT64_MAX};

class EventLogReadTest : public LogTest {
 protected:
  EventLog log_ = open(4 << 20);
};

TEST_F(EventLogReadTest, GivesWhatComesAfter) {
  append_events(log_, 4);
  const auto answer = log_.read(2, Filter{}, 0);
  EXPECT_THAT(answer.events, ElementsAre(logged_event(3), logged_event(4)));
  EXPECT_EQ(answer.oldest, 1U);
  EXPECT_EQ(answer.next, 4U);
}

TEST_F(EventLogReadTest, GivesNothingOfAnEmptyLog) {
  for (const std::uint64_t after : {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX}) {
    for (const std::uint64_t limit : kLimits) {
      const auto answer = log_.read(after, Filter{}, limit);
      EXPECT_THAT(answer.events, IsEmpty());
      EXPECT_EQ(answer.oldest, 1U);
      EXPECT_EQ(answer.next, 0U);
    }
  }
}

TEST_F(EventLogReadTest, GivesNothingBeyondTheEnd) {
  append_events(log_, 4);
  for (const std::uint64_t after :
       {std::uint64_t{4}, std::uint64_t{5}, UINT64_MAX - 1, UINT64_MAX}) {
    for (const std::uint64_t limit : kLimits) {
      const auto answer = log_.read(after, Filter{}, limit);
      EXPECT_THAT(answer.events, IsEmpty());
      EXPECT_EQ(answer.next, 4U) << after;
    }
  }
}

TEST_F(EventLogReadTest, StopsAtTheLimit) {
  append_events(log_, 4);
  const auto answer = log_.read(1, Filter{}, 2);
  EXPECT_THAT(sequences(answer.events), ElementsAre(2U, 3U));
  EXPECT_EQ(answer.next, 3U);
}

TEST_F(EventLogReadTest, StopsAtTheMostEvents) {
  append_events(log_, kMostEvents + 5);
  for (const std::uint64_t limit : {std::uint64_t{0}, std::uint64_t{UINT32_MAX}, UINT64_MAX}) {
    const auto answer = log_.read(0, Filter{}, limit);
    EXPECT_EQ(answer.events.size(), kMostEvents);
    EXPECT_EQ(answer.next, kMostEvents);
  }
}

TEST_F(EventLogReadTest, StopsAtTheMostBytes) {
  append_events(log_, 100, 20'000);
  const auto answer = log_.read(0, Filter{}, 0);
  std::string bytes;
  for (const event::Event& event : answer.events) encode_event(event, event.sequence, bytes);
  EXPECT_LE(bytes.size(), kMostBytes);
  EXPECT_GT(bytes.size() + 21'000, kMostBytes);
  EXPECT_EQ(answer.next, answer.events.back().sequence);
}

TEST_F(EventLogReadTest, GoesOnFromWhereAnAnswerStopped) {
  append_events(log_, 100, 20'000);
  const auto events = all_events(log_);
  ASSERT_EQ(events.size(), 100U);
  for (std::uint64_t i = 0; i < 100; ++i) EXPECT_EQ(events[i], logged_event(i + 1, 20'000));
}

TEST_F(EventLogReadTest, StopsLookingAtTheMostRecords) {
  append_events(log_, kMostLookedAt + 5, 0);
  const auto first = log_.read(0, Filter{.signal = "none"}, 0);
  EXPECT_THAT(first.events, IsEmpty());
  EXPECT_EQ(first.next, kMostLookedAt);
  const auto second = log_.read(first.next, Filter{.signal = "none"}, 0);
  EXPECT_THAT(second.events, IsEmpty());
  EXPECT_EQ(second.next, kMostLookedAt + 5);
}

TEST_F(EventLogReadTest, CountsOnlyWhatPassesTheFilterAgainstTheLimit) {
  append_events(log_, 30);
  const auto answer = log_.read(0, Filter{.object = "/devices/7"}, 2);
  EXPECT_THAT(sequences(answer.events), ElementsAre(7U, 17U));
  EXPECT_EQ(answer.next, 17U);
}

TEST_F(EventLogReadTest, LooksAtTheRestThatDoesNotPass) {
  append_events(log_, 30);
  const auto answer = log_.read(0, Filter{.object = "/devices/7"}, 0);
  EXPECT_THAT(sequences(answer.events), ElementsAre(7U, 17U, 27U));
  EXPECT_EQ(answer.next, 30U);
}

TEST_F(EventLogReadTest, LetsLossPassEveryFilter) {
  append_events(log_, 2);
  log_.append(event::events_lost("uevent", 1, 1));
  EXPECT_THAT(sequences(log_.read(0, Filter{.signal = "none"}, 0).events), ElementsAre(3U));
}

TEST_F(EventLogReadTest, StartsAtTheOldestForWhoComesTooLate) {
  while (log_.oldest_sequence() < 100) append_events(log_, 100);
  const std::uint64_t oldest = log_.oldest_sequence();
  for (const std::uint64_t after : {std::uint64_t{0}, oldest - 2, oldest - 1}) {
    const auto answer = log_.read(after, Filter{}, 1);
    EXPECT_THAT(sequences(answer.events), ElementsAre(oldest));
    EXPECT_EQ(answer.oldest, oldest);
    EXPECT_EQ(answer.next, oldest);
  }
}

TEST_F(EventLogReadTest, TellsARecordThatWasDamagedSinceAsLost) {
  append_events(log_, 3);
  std::string bytes = read_bytes(path());
  bytes[kArea + record_size(event_number(1)) + 50] ^= 1;
  write_bytes(path(), bytes);

  const auto events = log_.read(0, Filter{.signal = "number"}, 0).events;
  ASSERT_THAT(sequences(events), ElementsAre(1U, 2U, 3U));
  EXPECT_TRUE(event::is_events_lost(events[1]));
  EXPECT_EQ(events[2], logged_event(3));
}

TEST_F(EventLogReadTest, TellsARecordThatIsNoLongerThereAsLost) {
  append_events(log_, 3);
  const std::size_t size = record_size(event_number(1));
  std::string bytes = read_bytes(path());
  bytes.replace(kArea + size, size, bytes.substr(kArea, size));
  write_bytes(path(), bytes);

  const auto events = log_.read(0, Filter{}, 0).events;
  ASSERT_THAT(sequences(events), ElementsAre(1U, 2U, 3U));
  EXPECT_TRUE(event::is_events_lost(events[1]));
}

}  // namespace
}  // namespace kevent::log

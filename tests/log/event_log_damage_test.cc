// SPDX-License-Identifier: LGPL-2.1-or-later
// The log against kill -9 at any point, and against files that are not what they should be.
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>

#include "service/log/event_log.h"
#include "tests/log/fixture.h"

namespace kevent::log {
namespace {

using ::testing::ElementsAre;

class EventLogDamageTest : public LogTest {
 protected:
  // A log with three events; its bytes.
  std::string three_events() const {
    EventLog log = open();
    append_events(log, 3);
    return read_bytes(path());
  }

  void expect_new_log_of(const std::string& bytes, const std::string& what) const {
    write_bytes(path(), bytes);
    EventLog log = open();
    EXPECT_TRUE(log.is_new()) << what;
    EXPECT_EQ(log.append(event_number(1)), 1U) << what;
    EXPECT_THAT(all_events(log), ElementsAre(logged_event(1))) << what;
  }
};

std::string flipped(std::string bytes, std::size_t offset) {
  bytes[offset] = static_cast<char>(~bytes[offset]);
  return bytes;
}

// All that is held is whole, and is what was appended under its number.
template <typename SizeOf>
void expect_whole(const EventLog& log, SizeOf size_of) {
  std::uint64_t expected = log.oldest_sequence();
  for (const event::Event& event : all_events(log)) {
    ASSERT_EQ(event, logged_event(expected, size_of(expected)));
    ++expected;
  }
  EXPECT_EQ(expected, log.last_sequence() + 1);
}

// L3
TEST_F(EventLogDamageTest, ThrowsAwayWhatIsNoLog) {
  std::mt19937 random(1);
  std::string garbage(kSmallestLogSize, '\0');
  std::generate(garbage.begin(), garbage.end(), [&] { return static_cast<char>(random()); });
  expect_new_log_of(garbage, "garbage");
  expect_new_log_of(std::string(kSmallestLogSize, '\0'), "zeros");
  expect_new_log_of("", "an empty file");
  expect_new_log_of("x", "one byte");
}

// L3
TEST_F(EventLogDamageTest, ThrowsAwayALogWithADamagedHead) {
  const std::string bytes = three_events();
  for (std::size_t offset = 0; offset < 128; ++offset) {
    expect_new_log_of(flipped(bytes, offset), "byte " + std::to_string(offset));
  }
}

// L3
TEST_F(EventLogDamageTest, ThrowsAwayALogOfAnotherVersion) {
  std::string bytes = three_events();
  bytes[8] = 2;
  expect_new_log_of(bytes, "version 2");
}

// L3
TEST_F(EventLogDamageTest, ThrowsAwayALogThatWasCut) {
  const std::string bytes = three_events();
  for (const std::size_t length : {kArea - 1, kArea, kArea + 100, bytes.size() - 1}) {
    expect_new_log_of(bytes.substr(0, length), std::to_string(length) + " bytes");
  }
}

// L3, L1: numbering from 1 again needs another id.
TEST_F(EventLogDamageTest, ThrowsAwayALogThatLostAllItsRecords) {
  std::string bytes = three_events();
  const std::size_t size = record_size(event_number(1));
  for (std::size_t i = 0; i < 3; ++i) bytes = flipped(bytes, kArea + i * size + 40);
  expect_new_log_of(bytes, "no record");
}

// L3, L1: what was published must not be numbered again.
TEST_F(EventLogDamageTest, ThrowsAwayALogThatLostPublishedRecords) {
  {
    EventLog log = open();
    append_events(log, 3);
    ASSERT_TRUE(log.set_published(3));
  }
  const std::string bytes = read_bytes(path());
  expect_new_log_of(flipped(bytes, kArea + 2 * record_size(event_number(1)) + 40), "3 published");
}

// L3: records say to which log they belong.
TEST_F(EventLogDamageTest, TakesNoRecordOfAnotherLog) {
  const std::string other = three_events();
  std::filesystem::remove(path());
  const std::string own = three_events();
  expect_new_log_of(own.substr(0, kArea) + other.substr(kArea), "records of another log");
}

TEST_F(EventLogDamageTest, PublishesAgainWhenTheMarkIsDamaged) {
  {
    EventLog log = open();
    append_events(log, 3);
    ASSERT_TRUE(log.set_published(2));
  }
  const std::string bytes = read_bytes(path());
  for (std::size_t offset = 512; offset < 528; ++offset) {
    write_bytes(path(), flipped(bytes, offset));
    const EventLog log = open();
    EXPECT_FALSE(log.is_new());
    EXPECT_EQ(log.published(), 0U) << offset;
    EXPECT_EQ(log.last_sequence(), 3U);
  }
}

// L2: the hole cuts off what is older.
TEST_F(EventLogDamageTest, HoldsTheRunAfterADamagedRecord) {
  const std::string bytes = three_events();
  write_bytes(path(), flipped(bytes, kArea + record_size(event_number(1)) + 40));
  EventLog log = open();
  EXPECT_FALSE(log.is_new());
  EXPECT_EQ(log.oldest_sequence(), 3U);
  EXPECT_THAT(all_events(log), ElementsAre(logged_event(3)));
  EXPECT_EQ(log.append(event_number(4)), 4U);
}

// L4: each byte of the newest record counts.
TEST_F(EventLogDamageTest, EndsBeforeARecordWithAnyDamagedByte) {
  std::size_t data_size = 100;  // then so many that no padding is left behind the payload
  const std::size_t size = record_size(event_number(1, data_size));
  while (record_size(event_number(1, data_size + 1)) == size) ++data_size;
  {
    EventLog log = open();
    append_events(log, 3, data_size);
  }
  const std::string bytes = read_bytes(path());
  for (std::size_t offset = 2 * size; offset < 3 * size; ++offset) {
    write_bytes(path(), flipped(bytes, kArea + offset));
    EventLog log = open();
    ASSERT_EQ(log.last_sequence(), 2U) << offset;
    ASSERT_THAT(all_events(log),
                ElementsAre(logged_event(1, data_size), logged_event(2, data_size)));
    ASSERT_EQ(log.append(event_number(3)), 3U) << offset;
  }
}

// Sizes such that the records of one round of the ring never lie where those of the last one did.
std::size_t varied_size(std::uint64_t sequence) {
  return sequence * 7919 % 600;
}

class EventLogCutTest : public EventLogDamageTest {
 protected:
  // Appends about so many bytes, then makes files that a kill in the middle of the next append can
  // leave, and opens them.
  void cut_an_append(std::uint64_t appended_before, bool at_start_of_round) const {
    std::string before;
    std::string after;
    std::uint64_t last = 0;
    {
      EventLog log = open();
      while (log.bytes_appended() < appended_before) append_varied(log);
      std::uint64_t unused = 0;
      do {
        before = read_bytes(path());
        last = log.last_sequence();
        const std::uint64_t bytes = log.bytes_appended();
        append_varied(log);
        unused = log.bytes_appended() - bytes - record_size(event_number(1, varied_size(last + 1)));
      } while (at_start_of_round != (unused > 0));
      after = read_bytes(path());
    }
    const auto first_change = std::mismatch(before.begin(), before.end(), after.begin()).first;
    const auto last_change = std::mismatch(before.rbegin(), before.rend(), after.rbegin()).first;
    const auto begin = first_change - before.begin();
    const auto end = last_change.base() - before.begin();
    ASSERT_LT(begin, end);
    // 5, so that the cuts fall on every offset in a word.
    for (auto cut = begin; cut < end; cut += 5) {
      write_bytes(path(), after.substr(0, static_cast<std::size_t>(cut)) +
                              before.substr(static_cast<std::size_t>(cut)));
      EventLog log = open();
      ASSERT_FALSE(log.is_new()) << cut;
      ASSERT_EQ(log.last_sequence(), last) << cut;
      append_varied(log);
      ASSERT_NO_FATAL_FAILURE(expect_whole(log, varied_size)) << cut;
    }
  }

  static void append_varied(EventLog& log) {
    append_events(log, 1, varied_size(log.last_sequence() + 1));
  }
};

// L4
TEST_F(EventLogCutTest, IsWholeAfterACutInTheFirstRound) {
  cut_an_append(1000, false);
}

// L4: the old records are overwritten in part.
TEST_F(EventLogCutTest, IsWholeAfterACutInALaterRound) {
  cut_an_append(3 * kSmallestLogSize, false);
}

// L4: the record goes to the start of the area.
TEST_F(EventLogCutTest, IsWholeAfterACutAtTheStartOfARound) {
  cut_an_append(kSmallestLogSize * 19 / 10, true);
}

// L4, L3: nobody was told of the first record, and nobody knows that it was the first.
TEST_F(EventLogDamageTest, BeginsAnewAfterACutInTheFirstRecord) {
  {
    EventLog log = open();
    append_events(log, 1);
  }
  const std::string bytes = read_bytes(path());
  expect_new_log_of(bytes.substr(0, kArea + 30) + std::string(bytes.size() - kArea - 30, '\0'),
                    "the first record, cut");
}

// What an event carries can't pass for a record: it would have to know the log's secret mark. Here
// another log's records, with higher sequences, are the content of events, at every alignment.
TEST_F(EventLogDamageTest, TakesNoRecordFromInsideOfAnother) {
  event::Bytes records;
  {
    EventLog log = open();
    append_events(log, 20);
    const std::string bytes = read_bytes(path());
    const std::size_t size = record_size(event_number(1));
    records.assign(bytes.begin() + static_cast<std::ptrdiff_t>(kArea + 17 * size),
                   bytes.begin() + static_cast<std::ptrdiff_t>(kArea + 20 * size));
  }
  std::filesystem::remove(path());
  {
    EventLog log = open();
    for (std::uint64_t sequence = 1; sequence <= 8; ++sequence) {
      event::Event event = event_number(sequence);
      event.details.set("Data", records);
      ASSERT_EQ(log.append(event), sequence);
      records.insert(records.begin(), std::uint8_t{0});
    }
  }
  EXPECT_EQ(open().last_sequence(), 8U);
}

// L1, L4, for real: what append() returned is there after kill -9, under its number and whole.
TEST_F(EventLogDamageTest, KeepsAllThatItNumberedAfterKill) {
  const auto size_of = [](std::uint64_t sequence) { return sequence * 7919 % 5000; };
  const auto child = [&](int pipe) {
    EventLog log = open();
    for (;;) {
      const std::uint64_t sequence = log.last_sequence() + 1;
      tell(pipe, log.append(event_number(sequence, size_of(sequence))));
    }
  };
  std::mt19937 random(1);
  std::uint64_t last = 0;
  for (int round = 0; round < 100; ++round) {
    const auto told = told_before_kill(child, random() % 300 + 1);
    const EventLog log = open();
    for (const std::uint64_t sequence : told) ASSERT_EQ(sequence, ++last) << round;
    ASSERT_GE(log.last_sequence(), last) << round;
    last = log.last_sequence();
    ASSERT_NO_FATAL_FAILURE(expect_whole(log, size_of)) << round;
  }
  EXPECT_GT(open().oldest_sequence(), 1U);
}

// L1: a log that is killed while it is made is none, or a whole one.
TEST_F(EventLogDamageTest, IsMadeWholeOrNotAtAll) {
  write_bytes(path() + ".new", "what a killed process left");
  EventLog log = open();
  append_events(log, 1);
  EXPECT_THAT(all_events(log), ElementsAre(logged_event(1)));
  EXPECT_FALSE(std::filesystem::exists(path() + ".new"));
}

}  // namespace
}  // namespace kevent::log

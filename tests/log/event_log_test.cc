// SPDX-License-Identifier: LGPL-2.1-or-later
// The rules of event_log.h, one by one. Damage of every kind: event_log_damage_test.cc.
#include "service/log/event_log.h"

#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "service/log/ring.h"
#include "tests/log/fixture.h"

namespace kevent::log {
namespace {

using event::Event;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

class EventLogTest : public LogTest {};

std::uint64_t count_of(const Event& lost) {
  return *lost.details.get<std::uint64_t>("Count");
}

// An event whose record has exactly this size, a multiple of 8.
Event event_of_record_size(std::size_t size) {
  return event_number(0, size - record_size(event_number(0, 0)));
}

TEST_F(EventLogTest, IsEmptyWhenNew) {
  const EventLog log = open();
  EXPECT_TRUE(log.is_new());
  EXPECT_EQ(log.last_sequence(), 0U);
  EXPECT_EQ(log.oldest_sequence(), 1U);
  EXPECT_EQ(log.published(), 0U);
  EXPECT_EQ(log.lost(), 0U);
  EXPECT_THAT(all_events(log), IsEmpty());
}

TEST_F(EventLogTest, IsNamedByHexDigits) {
  EXPECT_THAT(open().id(), MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(open().id().size(), 32U);
}

TEST_F(EventLogTest, GivesBackWhatWasAppended) {
  EventLog log = open();
  append_events(log, 3);
  EXPECT_THAT(all_events(log), ElementsAre(logged_event(1), logged_event(2), logged_event(3)));
}

// L1
TEST_F(EventLogTest, NumbersFromOneAndByOne) {
  EventLog log = open();
  for (std::uint64_t expected = 1; expected <= 10; ++expected) {
    EXPECT_EQ(log.append(event_number(expected)), expected);
    EXPECT_EQ(log.last_sequence(), expected);
  }
}

// L1
TEST_F(EventLogTest, IgnoresTheSequenceThatAnEventBrings) {
  EventLog log = open();
  EXPECT_EQ(log.append(logged_event(77)), 1U);
  EXPECT_THAT(sequences(all_events(log)), ElementsAre(1U));
}

// L1
TEST_F(EventLogTest, GoesOnNumberingAfterARestart) {
  std::string id;
  {
    EventLog log = open();
    append_events(log, 3);
    id = log.id();
  }
  EventLog log = open();
  EXPECT_FALSE(log.is_new());
  EXPECT_EQ(log.id(), id);
  EXPECT_EQ(log.append(event_number(4)), 4U);
  EXPECT_THAT(all_events(log),
              ElementsAre(logged_event(1), logged_event(2), logged_event(3), logged_event(4)));
}

// L1: an empty log has used no sequence, so it stays the same log.
TEST_F(EventLogTest, KeepsItsIdWhileEmpty) {
  const std::string id = open().id();
  const EventLog log = open();
  EXPECT_FALSE(log.is_new());
  EXPECT_EQ(log.id(), id);
}

// L2
TEST_F(EventLogTest, DropsTheOldestWhenFull) {
  EventLog log = open();
  const std::uint64_t fitting = log.capacity() / record_size(event_number(1));
  append_events(log, fitting);
  EXPECT_EQ(log.oldest_sequence(), 1U);
  append_events(log, 1);
  EXPECT_EQ(log.oldest_sequence(), 2U);
  EXPECT_EQ(all_events(log).front(), logged_event(2));
}

// L2
TEST_F(EventLogTest, HoldsARunWithoutHolesAfterManyRounds) {
  EventLog log = open();
  while (log.bytes_appended() < 10 * log.capacity()) append_events(log, 1, 3000);
  std::uint64_t expected = log.oldest_sequence();
  for (const Event& event : all_events(log)) EXPECT_EQ(event, logged_event(expected++, 3000));
  EXPECT_EQ(expected, log.last_sequence() + 1);
}

// L2: the file is searched in several pieces, at whose borders records lie.
TEST_F(EventLogTest, FindsAllItsRecordsInALargeFile) {
  std::uint64_t oldest = 0;
  std::uint64_t last = 0;
  const auto size_of = [](std::uint64_t sequence) { return sequence * 7919 % 30'000; };
  {
    EventLog log = open(2 << 20);
    while (log.bytes_appended() < 3 * log.capacity()) {
      append_events(log, 1, size_of(log.last_sequence() + 1));
    }
    oldest = log.oldest_sequence();
    last = log.last_sequence();
  }
  const EventLog log = open(2 << 20);
  EXPECT_EQ(log.oldest_sequence(), oldest);
  EXPECT_EQ(log.last_sequence(), last);
  for (const Event& event : all_events(log)) {
    ASSERT_EQ(event, logged_event(event.sequence, size_of(event.sequence)));
  }
}

// L2: an event less than one that would not fit is all that stays unused.
TEST_F(EventLogTest, UsesItsWholeArea) {
  EventLog log = open();
  const std::size_t size = record_size(event_number(1, 3000));
  while (log.bytes_appended() < 10 * log.capacity()) append_events(log, 1, 3000);
  const std::uint64_t held = log.last_sequence() - log.oldest_sequence() + 1;
  EXPECT_GE((held + 2) * size, log.capacity());
}

// L3
TEST_F(EventLogTest, IsThrownAwayWithItsBoot) {
  std::string id;
  {
    EventLog log = open();
    append_events(log, 3);
    ASSERT_TRUE(log.set_published(2));
    id = log.id();
  }
  const EventLog log = open(kSmallestLogSize, "another boot");
  EXPECT_TRUE(log.is_new());
  EXPECT_NE(log.id(), id);
  EXPECT_EQ(log.last_sequence(), 0U);
  EXPECT_EQ(log.published(), 0U);
}

// L3
TEST_F(EventLogTest, IsThrownAwayForAnotherSize) {
  {
    EventLog log = open();
    append_events(log, 3);
  }
  const EventLog log = open(kSmallestLogSize + 8);
  EXPECT_TRUE(log.is_new());
  EXPECT_EQ(log.last_sequence(), 0U);
  EXPECT_EQ(std::filesystem::file_size(path()), kSmallestLogSize + 8);
}

// L3
TEST_F(EventLogTest, HasANewIdEachTime) {
  std::set<std::string> ids;
  for (int i = 0; i < 10; ++i) ids.insert(open(kSmallestLogSize, std::to_string(i)).id());
  EXPECT_EQ(ids.size(), 10U);
}

// L5
TEST_F(EventLogTest, CountsAnEventThatCantBeWritten) {
  EventLog log = open();
  append_events(log, 1);
  {
    const FileSizeLimit limit(kArea);
    EXPECT_EQ(log.append(event_number(2)), 0U);
    EXPECT_EQ(log.append(event_number(2)), 0U);
  }
  EXPECT_EQ(log.lost(), 2U);
  EXPECT_EQ(log.last_sequence(), 1U);
  EXPECT_THAT(all_events(log), ElementsAre(logged_event(1)));
}

// L5
TEST_F(EventLogTest, TellsTheLossBeforeTheNextEvent) {
  EventLog log = open();
  {
    const FileSizeLimit limit(kArea);
    for (int i = 0; i < 3; ++i) log.append(event_number(1));
  }
  EXPECT_EQ(log.append(event_number(2)), 2U);
  const auto events = all_events(log);
  ASSERT_EQ(events.size(), 2U);
  Event expected = event::events_lost("log", 3, event_number(2).time_us);
  expected.sequence = 1;
  EXPECT_EQ(events[0], expected);
  EXPECT_EQ(events[1], logged_event(2));
}

// L5
TEST_F(EventLogTest, TellsTheLossWhenAskedToBeforeTheNextEvent) {
  EventLog log = open();
  {
    const FileSizeLimit limit(kArea);
    log.append(event_number(1));
    EXPECT_FALSE(log.tell_lost(5));
  }
  EXPECT_TRUE(log.tell_lost(5));
  EXPECT_TRUE(log.tell_lost(6));
  Event expected = event::events_lost("log", 1, 5);
  expected.sequence = 1;
  EXPECT_THAT(all_events(log), ElementsAre(expected));
}

// L5
TEST_F(EventLogTest, TellsTheLossOnce) {
  EventLog log = open();
  {
    const FileSizeLimit limit(kArea);
    log.append(event_number(1));
  }
  log.append(event_number(2));
  EXPECT_EQ(log.append(event_number(3)), 3U);
  EXPECT_EQ(all_events(log).back(), logged_event(3));
  EXPECT_EQ(log.lost(), 1U);
}

// L5: what could not be told as lost is still as many.
TEST_F(EventLogTest, CountsWhatALossThatCantBeWrittenStandsFor) {
  EventLog log = open();
  {
    const FileSizeLimit limit(kArea);
    log.append(event::events_lost("uevent", 500, 1));
    log.append(event_number(1));
  }
  EXPECT_EQ(log.lost(), 501U);
}

// L5: the record is cut in its middle, where the limit lies.
TEST_F(EventLogTest, OverwritesARecordThatWasCut) {
  EventLog log = open();
  append_events(log, 1);
  {
    const FileSizeLimit limit(kArea + log.bytes_appended() + 30);
    EXPECT_EQ(log.append(event_number(2)), 0U);
  }
  EXPECT_EQ(log.append(event_number(3)), 3U);
  EXPECT_THAT(sequences(all_events(log)), ElementsAre(1U, 2U, 3U));
}

// L5
TEST_F(EventLogTest, TakesAnEventOfTheLargestSize) {
  EventLog log = open();
  EXPECT_EQ(log.append(event_of_record_size(kLargestRecord)), 1U);
}

// L5
TEST_F(EventLogTest, LosesAnEventThatIsTooLargeAndSaysSoAtOnce) {
  EventLog log = open();
  EXPECT_EQ(log.append(event_of_record_size(kLargestRecord + 8)), 0U);
  EXPECT_EQ(log.lost(), 1U);
  const auto events = all_events(log);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(event::is_events_lost(events[0]));
  EXPECT_EQ(count_of(events[0]), 1U);
}

// L6
TEST_F(EventLogTest, BelongsToOneAtATime) {
  const EventLog log = open();
  const auto second = try_open();
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, EBUSY);
  EXPECT_EQ(second.error().message(),
            "log " + path() + " is in use by another keventd: Device or resource busy");
}

// L6
TEST_F(EventLogTest, IsLeftAloneByWhoCantHaveIt) {
  EventLog log = open();
  EXPECT_FALSE(EventLog::open(path(), kSmallestLogSize, "another boot"));
  append_events(log, 1);
  EXPECT_THAT(all_events(log), ElementsAre(logged_event(1)));
}

// L6
TEST_F(EventLogTest, IsFreeOnceClosed) {
  { const EventLog log = open(); }
  EXPECT_TRUE(try_open());
}

TEST_F(EventLogTest, KeepsThePublishedMark) {
  {
    EventLog log = open();
    append_events(log, 3);
    ASSERT_TRUE(log.set_published(2));
    EXPECT_EQ(log.published(), 2U);
  }
  EXPECT_EQ(open().published(), 2U);
}

TEST_F(EventLogTest, RefusesAPublishedMarkBeyondItsEnd) {
  EventLog log = open();
  append_events(log, 3);
  const auto status = log.set_published(4);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, EINVAL);
  EXPECT_EQ(log.published(), 0U);
}

TEST_F(EventLogTest, CountsTheBytesAfterASequence) {
  EventLog log = open();
  append_events(log, 3);
  const std::size_t size = record_size(event_number(1));
  EXPECT_EQ(log.bytes_after(0), 3 * size);
  EXPECT_EQ(log.bytes_after(1), 2 * size);
  EXPECT_EQ(log.bytes_after(3), 0U);
  EXPECT_EQ(log.bytes_after(UINT64_MAX), 0U);
}

TEST_F(EventLogTest, CountsTheBytesAfterASequenceAroundTheEnd) {
  EventLog log = open();
  const std::size_t size = record_size(event_number(1));
  append_events(log, log.capacity() / size + 2);
  const std::uint64_t unused = log.capacity() % size;
  EXPECT_EQ(log.bytes_after(log.last_sequence() - 2), 2 * size);
  EXPECT_EQ(log.bytes_after(log.last_sequence() - 3), 3 * size + unused);
  EXPECT_LE(log.bytes_after(0), log.capacity());
}

TEST_F(EventLogTest, CountsTheBytesAppendedSinceItWasOpened) {
  {
    EventLog log = open();
    append_events(log, 3);
    EXPECT_EQ(log.bytes_appended(), 3 * record_size(event_number(1)));
  }
  EXPECT_EQ(open().bytes_appended(), 0U);
}

TEST_F(EventLogTest, IsReadableByItsOwnerOnly) {
  const EventLog log = open();
  struct stat status;
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, mode_t{0600});
}

TEST_F(EventLogTest, HasItsBlocksFromTheStart) {
  const EventLog log = open();
  struct stat status;
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_size, off_t{kSmallestLogSize});
  EXPECT_GE(status.st_blocks * 512, off_t{kSmallestLogSize});
}

TEST_F(EventLogTest, RefusesSizesOutOfBounds) {
  for (const std::uint64_t size : {std::uint64_t{0}, kSmallestLogSize - 1, kLargestLogSize + 1}) {
    const auto log = try_open(size);
    ASSERT_FALSE(log) << size;
    EXPECT_EQ(log.error().code, EINVAL);
  }
}

TEST_F(EventLogTest, TakesASizeThatIsNotRound) {
  for (int round = 0; round < 2; ++round) {
    EventLog log = open(kSmallestLogSize + 3);
    while (log.bytes_appended() < 2 * log.capacity()) append_events(log, 1);
    EXPECT_EQ(all_events(log).back(), logged_event(log.last_sequence()));
  }
}

TEST_F(EventLogTest, NeedsItsFolder) {
  const auto log = EventLog::open(path() + "/none/log", kSmallestLogSize, kBoot);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, ENOENT);
}

TEST_F(EventLogTest, DoesNotTakeTheRoomOfAFolder) {
  std::filesystem::create_directory(path());
  const auto log = try_open();
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, EISDIR);
}

// A file system of 512 KiB, in a mount namespace of the test's own.
class EventLogOnASmallFileSystem : public LogTest {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "mounting needs root";
    if (::unshare(CLONE_NEWNS) != 0) GTEST_SKIP() << "no mount namespace of its own: " << errno;
    ASSERT_EQ(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
    const std::string place = directory_.path().string();
    ASSERT_EQ(::mount("test", place.c_str(), "tmpfs", 0, "size=512k"), 0);
    is_mounted_ = true;
  }

  void TearDown() override {
    if (is_mounted_) ::umount2(directory_.path().c_str(), MNT_DETACH);
  }

 private:
  bool is_mounted_ = false;
};

TEST_F(EventLogOnASmallFileSystem, SaysThatThereIsNoRoom) {
  const auto log = try_open(1 << 20);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, ENOSPC);
  EXPECT_FALSE(std::filesystem::exists(path() + ".new"));
}

TEST_F(EventLogOnASmallFileSystem, WritesOnWhenTheRestIsFull) {
  EventLog log = open();
  std::string rest(512 << 10, 'x');
  FILE* file = ::fopen((directory_ / "rest").c_str(), "w");
  ::setbuf(file, nullptr);
  ASSERT_LT(::fwrite(rest.data(), 1, rest.size(), file), rest.size());
  ::fclose(file);
  while (log.bytes_appended() < 2 * log.capacity()) append_events(log, 1);
  EXPECT_EQ(log.lost(), 0U);
}

TEST_F(EventLogOnASmallFileSystem, HasRoomForANewLogInPlaceOfTheOld) {
  { const EventLog log = open(384 << 10); }
  EXPECT_TRUE(open(384 << 10, "another boot").is_new());
}

}  // namespace
}  // namespace kevent::log

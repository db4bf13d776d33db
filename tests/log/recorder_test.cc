// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/recorder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/log/ring.h"
#include "tests/log/fixture.h"
#include "tests/support/temporary_directory.h"

namespace kevent::log {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecorderTest : public ::testing::Test {
 protected:
  std::string folder() const { return (directory_ / "keventd").string(); }
  std::string state_path() const { return folder() + "/state"; }
  std::string log_path() const { return folder() + "/log"; }

  static Recorder open_in(const std::string& folder, const std::string& boot = kBoot) {
    auto recorder = Recorder::open(folder, kSmallestLogSize, boot);
    if (!recorder) throw std::runtime_error(recorder.error().message());
    return *std::move(recorder);
  }
  Recorder open(const std::string& boot = kBoot) const { return open_in(folder(), boot); }

  // A recorder with a state that is known, and empty.
  Recorder start() const {
    Recorder recorder = open();
    EXPECT_TRUE(recorder.save());
    return recorder;
  }

  // What a process that is killed now leaves, in a folder of its own.
  std::string image() const {
    const std::string copy = (directory_ / "image").string();
    std::filesystem::remove_all(copy);
    std::filesystem::copy(folder(), copy);
    return copy;
  }

  support::TemporaryDirectory directory_;
};

// Goes on with the story, whose n-th event has the sequence n.
void record_story(Recorder& recorder, std::uint64_t count) {
  for (; count > 0; --count) {
    const std::uint64_t next = recorder.log().last_sequence() + 1;
    ASSERT_EQ(recorder.record(story_event(next)), next);
  }
}

void record_bytes(Recorder& recorder, std::uint64_t bytes) {
  const std::uint64_t end = recorder.log().bytes_appended() + bytes;
  while (recorder.log().bytes_appended() < end) record_story(recorder, 1);
}

event::Event add_event(const std::string& object) {
  event::Event event;
  event.group = event::Group::kHotplug;
  event.signal = "add";
  event.object = object;
  return event;
}

TEST_F(RecorderTest, MakesItsFolder) {
  open();
  EXPECT_EQ(std::filesystem::status(folder()).permissions(), std::filesystem::perms(0755));
}

TEST_F(RecorderTest, NeedsTheFolderAbove) {
  EXPECT_FALSE(Recorder::open(folder() + "/none", kSmallestLogSize, kBoot));
}

TEST_F(RecorderTest, LogsAndApplies) {
  Recorder recorder = open();
  EXPECT_EQ(recorder.record(add_event("/devices/a")), 1U);
  EXPECT_EQ(recorder.log().last_sequence(), 1U);
  EXPECT_TRUE(recorder.state().devices().contains("/devices/a"));
}

TEST_F(RecorderTest, AppliesNothingThatCouldNotBeWritten) {
  Recorder recorder = open();
  {
    const FileSizeLimit limit(kArea);
    EXPECT_EQ(recorder.record(add_event("/devices/a")), 0U);
  }
  EXPECT_THAT(recorder.state().devices(), IsEmpty());
}

TEST_F(RecorderTest, LogsNothingThatIsAdopted) {
  Recorder recorder = open();
  recorder.adopt(add_event("/devices/a"));
  EXPECT_TRUE(recorder.state().devices().contains("/devices/a"));
  EXPECT_EQ(recorder.log().last_sequence(), 0U);
}

// S1
TEST_F(RecorderTest, HasItsStateAgainAfterAnEnd) {
  {
    Recorder recorder = start();
    record_story(recorder, 300);
    ASSERT_TRUE(recorder.save());
  }
  const Recorder recorder = open();
  EXPECT_TRUE(recorder.has_state());
  expect_equal(recorder.state(), story_state(300));
}

// S1
TEST_F(RecorderTest, HasItsStateAgainAfterAnEndWithoutWarning) {
  {
    Recorder recorder = start();
    record_story(recorder, 30);
  }
  const Recorder recorder = open();
  EXPECT_TRUE(recorder.has_state());
  expect_equal(recorder.state(), story_state(30));
}

// S1: more events than one answer of the log holds.
TEST_F(RecorderTest, HasItsStateAgainFromALongLog) {
  {
    Recorder recorder = start();
    for (int i = 0; i < 1200; ++i) recorder.record(add_event("/devices/" + std::to_string(i)));
    // Only the log knows them.
    ASSERT_LT(recorder.log().bytes_appended(), recorder.log().capacity() / 2);
  }
  EXPECT_EQ(open().state().devices().size(), 1200U);
}

// S1
TEST_F(RecorderTest, HasAgainWhatWasAdoptedAndSaved) {
  {
    Recorder recorder = open();
    recorder.adopt(add_event("/devices/a"));
    recorder.set_uevent_seqnum(77);
    ASSERT_TRUE(recorder.save());
  }
  const Recorder recorder = open();
  EXPECT_TRUE(recorder.has_state());
  EXPECT_TRUE(recorder.state().devices().contains("/devices/a"));
  EXPECT_EQ(recorder.state().uevent_seqnum(), 77U);
}

// S1, for real.
TEST_F(RecorderTest, HasItsStateAgainAfterKill) {
  { start(); }
  const auto child = [&](int pipe) {
    Recorder recorder = open();
    for (;;) tell(pipe, recorder.record(story_event(recorder.log().last_sequence() + 1)));
  };
  std::mt19937 random(1);
  for (int round = 0; round < 40; ++round) {
    const auto told = told_before_kill(child, random() % 200 + 1);
    const Recorder recorder = open();
    ASSERT_TRUE(recorder.has_state()) << round;
    ASSERT_GE(recorder.log().last_sequence(), told.back()) << round;
    expect_equal(recorder.state(), story_state(recorder.log().last_sequence()));
    ASSERT_FALSE(HasFailure()) << round;
  }
  EXPECT_GT(open().log().oldest_sequence(), 1U);
}

// S2
TEST_F(RecorderTest, KeepsASnapshotThatTheLogReaches) {
  Recorder recorder = start();
  while (recorder.log().bytes_appended() < 4 * recorder.log().capacity()) {
    record_bytes(recorder, 20'000);
    const Recorder copy = open_in(image());
    ASSERT_TRUE(copy.has_state());
    expect_equal(copy.state(), recorder.state());
    ASSERT_FALSE(HasFailure());
  }
}

// S2
TEST_F(RecorderTest, WritesASnapshotForEachQuarterOfTheLog) {
  Recorder recorder = start();
  const std::string first = read_bytes(state_path());
  record_bytes(recorder, recorder.log().capacity() / 4 - 4000);
  EXPECT_EQ(read_bytes(state_path()), first);
  record_bytes(recorder, 4000);
  EXPECT_NE(read_bytes(state_path()), first);
}

// S2: what was appended before a restart counts too.
TEST_F(RecorderTest, WritesASnapshotInTimeThoughItIsKilledAgainAndAgain) {
  { start(); }
  for (int round = 0; round < 20; ++round) {
    Recorder recorder = open();
    ASSERT_TRUE(recorder.has_state()) << round;
    record_bytes(recorder, recorder.log().capacity() / 5);
  }
  EXPECT_GT(open().log().oldest_sequence(), 1U);
}

// S2
TEST_F(RecorderTest, TriesAgainWhenASnapshotCantBeWritten) {
  Recorder recorder = start();
  std::filesystem::create_directory(state_path() + ".new");
  record_bytes(recorder, recorder.log().capacity() / 3);
  std::filesystem::remove(state_path() + ".new");
  record_bytes(recorder, recorder.log().capacity() * 2);
  EXPECT_TRUE(open_in(image()).has_state());
}

// S2: a full disk is said once, not a hundred times a second.
TEST_F(RecorderTest, LogsOnceThatSnapshotsCantBeWritten) {
  Recorder recorder = start();
  std::filesystem::create_directory(state_path() + ".new");
  ::testing::internal::CaptureStderr();
  record_bytes(recorder, recorder.log().capacity() * 2);
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
}

// S3
TEST_F(RecorderTest, KnowsNoStateAtFirst) {
  const Recorder recorder = open();
  EXPECT_FALSE(recorder.has_state());
  EXPECT_THAT(recorder.state().devices(), IsEmpty());
}

// S3
TEST_F(RecorderTest, KnowsTheStateOnceItIsSaved) {
  Recorder recorder = open();
  ASSERT_TRUE(recorder.save());
  EXPECT_TRUE(recorder.has_state());
}

// S3: half a state would pass for a whole one.
TEST_F(RecorderTest, WritesNoSnapshotOfAStateThatIsNotKnown) {
  Recorder recorder = open();
  record_bytes(recorder, recorder.log().capacity());
  EXPECT_FALSE(std::filesystem::exists(state_path()));
}

// S3
TEST_F(RecorderTest, ForgetsTheStateOfAnotherBoot) {
  {
    Recorder recorder = start();
    record_story(recorder, 30);
    ASSERT_TRUE(recorder.save());
  }
  const Recorder recorder = open("another boot");
  EXPECT_FALSE(recorder.has_state());
  expect_equal(recorder.state(), event::KernelState());
}

event::Event kernel_event(std::uint64_t number, const std::string& signal) {
  event::Event event;
  event.group = event::Group::kPower;
  event.object = "/devices/zone";
  event.signal = signal;
  event.details.set(event::key::kSource, std::string("kernel"));
  event.details.set(event::key::kKernelSequence, number);
  return event;
}

// S4: as when a first start is killed before its save().
TEST_F(RecorderTest, KnowsWithoutASnapshotWhatTheKernelItselfHasTold) {
  {
    Recorder recorder = open();
    recorder.record(kernel_event(7, "overheating"));
    recorder.record(add_event("/devices/a"));
  }
  const Recorder recorder = open();
  EXPECT_FALSE(recorder.has_state());
  EXPECT_EQ(recorder.state().kernel_sequence(), 7U);
  EXPECT_THAT(recorder.state().overheating(), ElementsAre("/devices/zone"));
  EXPECT_THAT(recorder.state().devices(), IsEmpty());
}

// S4: what was lost is told, too.
TEST_F(RecorderTest, KnowsWithoutASnapshotWhatTheKernelHasLost) {
  {
    Recorder recorder = open();
    auto lost = event::events_lost("kernel", 3, 1);
    lost.details.set(event::key::kKernelSequence, std::uint64_t{9});
    recorder.record(lost);
  }
  EXPECT_EQ(open().state().kernel_sequence(), 9U);
}

// S4: who may emit events has no say in it.
TEST_F(RecorderTest, TakesNoNumberOfTheKernelsFromAnybodyElse) {
  {
    Recorder recorder = open();
    event::Event event = kernel_event(7, "overheating");
    event.details.set(event::key::kSource, std::string("user"));
    recorder.record(event);
  }
  EXPECT_EQ(open().state().kernel_sequence(), 0U);
}

// S3
TEST_F(RecorderTest, TakesNoSnapshotOfAnotherLog) {
  std::string snapshot;
  {
    Recorder recorder = start();
    record_story(recorder, 30);
    ASSERT_TRUE(recorder.save());
    snapshot = read_bytes(state_path());
  }
  std::filesystem::remove(log_path());
  {
    Recorder recorder = open();
    record_story(recorder, 40);
  }
  write_bytes(state_path(), snapshot);
  const Recorder recorder = open();
  EXPECT_FALSE(recorder.has_state());
  expect_equal(recorder.state(), event::KernelState());
}

// S3
TEST_F(RecorderTest, TakesNoSnapshotThatTheLogNoLongerReaches) {
  {
    Recorder recorder = start();
    record_story(recorder, 30);
    ASSERT_TRUE(recorder.save());
    const std::string old_snapshot = read_bytes(state_path());
    while (recorder.log().oldest_sequence() < 32) record_story(recorder, 1);
    write_bytes(state_path(), old_snapshot);
  }
  const Recorder recorder = open();
  EXPECT_FALSE(recorder.has_state());
  expect_equal(recorder.state(), event::KernelState());
}

// S3: the last sequence from which the log still leads to now.
TEST_F(RecorderTest, TakesASnapshotThatTheLogJustReaches) {
  {
    Recorder recorder = start();
    record_story(recorder, 200);
    ASSERT_TRUE(recorder.save());
    const std::string old_snapshot = read_bytes(state_path());
    while (recorder.log().oldest_sequence() < 200) record_story(recorder, 1);
    write_bytes(state_path(), old_snapshot);
    ASSERT_LE(recorder.log().oldest_sequence(), 201U);
  }
  const Recorder recorder = open();
  EXPECT_TRUE(recorder.has_state());
  expect_equal(recorder.state(), story_state(recorder.log().last_sequence()));
}

// S3
TEST_F(RecorderTest, TakesNoSnapshotFromTheFutureOfItsLog) {
  Recorder recorder = start();
  record_story(recorder, 30);
  const std::string copy = image();
  record_story(recorder, 1);
  ASSERT_TRUE(recorder.save());
  std::filesystem::copy_file(state_path(), copy + "/state",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_FALSE(open_in(copy).has_state());
}

// S3
TEST_F(RecorderTest, TakesNoDamagedSnapshot) {
  {
    Recorder recorder = start();
    record_story(recorder, 30);
    ASSERT_TRUE(recorder.save());
  }
  std::string bytes = read_bytes(state_path());
  bytes.back() ^= 1;
  write_bytes(state_path(), bytes);
  EXPECT_FALSE(open().has_state());
}

// An event that no record can hold is lost to the log, but not to the state: it would be found
// missing again by every comparison with the kernel.
TEST_F(RecorderTest, KnowsWhatIsTooLargeForTheLog) {
  Recorder recorder = start();
  event::Event event;
  event.group = event::Group::kFs;
  event.object = "/fs/tmpfs";
  event.signal = event::signal::kMount;
  event::set_mount_details(
      event.details,
      {.id = 7, .mount_point = std::string(kLargestRecord, 'a'), .file_system = "tmpfs"});
  EXPECT_EQ(recorder.record(event), 0u);
  EXPECT_EQ(recorder.log().lost(), 1u);
  EXPECT_TRUE(recorder.state().mounts().contains(7));
}

struct Uevents {
  std::string name;
  // SEQNUM and milliseconds, in the order of the log; a negative SEQNUM is an events_lost up to it.
  std::vector<std::pair<std::int64_t, std::uint64_t>> logged;
  std::set<std::uint64_t> skipped;
};

// S5.
TEST_F(RecorderTest, KnowsTheUeventsThatWereAboutToCome) {
  const Uevents cases[] = {
      {"in order", {{10, 0}, {11, 0}, {12, 0}}, {}},
      {"the smaller one came later", {{10, 0}, {12, 0}, {11, 0}}, {}},
      {"the smaller one is still to come", {{10, 0}, {12, 0}}, {11}},
      {"two of them", {{10, 0}, {12, 0}, {15, 1}, {13, 2}}, {11, 14}},
      {"long ago", {{10, 0}, {12, 0}, {13, 500}}, {}},
      {"counted as lost", {{10, 0}, {14, 0}, {-13, 0}}, {}},
      {"counted as lost in part", {{10, 0}, {14, 0}, {-12, 0}}, {13}},
      {"another network namespace's",
       {{10, 0}, {100'000, 0}},
       [] {
         std::set<std::uint64_t> window;
         for (std::uint64_t seqnum = 99'937; seqnum < 100'000; ++seqnum) window.insert(seqnum);
         return window;
       }()},
  };
  for (const Uevents& each : cases) {
    std::filesystem::remove_all(folder());
    {
      Recorder recorder = start();
      for (const auto& [seqnum, time_ms] : each.logged) {
        event::Event event = seqnum < 0 ? event::events_lost("uevent", 1, 0) : event::Event{};
        event.time_us = time_ms * 1000;
        if (seqnum < 0) {
          event.details.set(event::key::kUeventSeqnum, static_cast<std::uint64_t>(-seqnum));
        } else {
          event.details.set(event::key::kUevent,
                            event::Environment{{"SEQNUM", std::to_string(seqnum)}});
        }
        recorder.record(event);
      }
    }
    EXPECT_EQ(open().state().skipped_uevents(), each.skipped) << each.name;
  }
}

}  // namespace
}  // namespace kevent::log

// SPDX-License-Identifier: LGPL-2.1-or-later
// KernelEvents with notifications and a log made by hand: not real is the kernel. What one with the
// events layer really says is heard in tests/kernel/.
#include "service/source/kernel_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "lib/base/clock.h"
#include "tests/decode/kernel_message.h"
#include "tests/source/recording_sink.h"
#include "tests/sysfs/fake_sysfs.h"

namespace kevent::source {
namespace {

namespace key = event::key;
using decode::KernelFields;
using decode::NetlinkMessage;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Extent = KernelEvents::Extent;

const std::string kDisk = "/devices/virtual/block/loop0";

// A kernel's log that a test fills and overwrites.
class FakeKernelLog final : public KernelLogReader {
 public:
  // The next event.
  NetlinkMessage add(KernelFields fields = {}) {
    fields.sequence = ++last_;
    return add_raw(decode::kernel_message(fields));
  }
  NetlinkMessage add_raw(const NetlinkMessage& message, std::uint64_t number = 0) {
    last_ = std::max(last_, number);
    return messages_.insert_or_assign(last_, message).first->second;
  }
  // As when newer events took the place of all up to this number.
  void overwrite(std::uint64_t up_to) {
    messages_.erase(messages_.begin(), messages_.upper_bound(up_to));
  }
  // As when it was overwritten while the log was read.
  void drop(std::uint64_t number) { messages_.erase(number); }
  void fail(base::Error error) { error_ = std::move(error); }
  void work() { error_.reset(); }

  base::Result<decode::KernelLog> held() override {
    if (error_) return *error_;
    return decode::KernelLog{messages_.empty() ? last_ + 1 : messages_.begin()->first, last_, {}};
  }
  base::Status read_after(std::uint64_t number, const Take& take) override {
    if (error_) return *error_;
    ++readings_;
    for (auto entry = messages_.upper_bound(number); entry != messages_.end(); ++entry) {
      if (!take(entry->second.bytes())) break;
    }
    return base::Done{};
  }
  int readings() const { return readings_; }

 private:
  std::map<std::uint64_t, NetlinkMessage> messages_;
  std::uint64_t last_ = 0;
  std::optional<base::Error> error_;
  int readings_ = 0;
};

// A sink that at some time wants no more.
class PickySink final : public Sink {
 public:
  explicit PickySink(RecordingSink& inner) : inner_(inner) {}
  void record(event::Event event) override { inner_.record(std::move(event)); }
  void refresh(const std::string& object) override { inner_.refresh(object); }
  bool wants_more() const override { return inner_.events.size() < wanted; }
  bool has_room() const override { return inner_.events.size() < room; }
  std::size_t wanted = SIZE_MAX;
  std::size_t room = SIZE_MAX;

 private:
  RecordingSink& inner_;
};

class KernelEventsOfAFakeLog : public ::testing::Test {
 protected:
  // What was told, in order: numbers, and "-N" for N that are lost.
  std::vector<std::string> told() const {
    std::vector<std::string> words;
    for (const event::Event& event : sink_.events) {
      if (event::is_events_lost(event)) {
        EXPECT_EQ(*event.details.get<std::string>(key::kSource), "kernel");
        words.push_back("-" + std::to_string(*event.details.get<std::uint64_t>(key::kCount)));
      } else {
        words.push_back(std::to_string(*event.details.get<std::uint64_t>(key::kKernelSequence)));
      }
    }
    return words;
  }
  bool take(const NetlinkMessage& message) { return events_.take(message.bytes()); }
  bool read(Extent extent = Extent::kAll) {
    const auto whole = events_.read_log(extent);
    EXPECT_TRUE(whole.ok());
    return whole && *whole;
  }
  std::uint64_t known() const { return sink_.state.kernel_sequence(); }

  sysfs::FakeSysfs fake_{{{kDisk + "/uevent", "MAJOR=7\nMINOR=0\nDEVNAME=loop0\nDEVTYPE=disk"},
                          {kDisk + "/size", "2048"},
                          {"/class/block/.keep", ""}},
                         {{kDisk + "/subsystem", "/class/block"}}};
  RecordingSink sink_;
  PickySink picky_{sink_};
  FakeKernelLog log_;
  KernelEvents events_{picky_, sink_.state, fake_.get(), log_};
};

TEST_F(KernelEventsOfAFakeLog, AreToldAsTheyHappen) {
  EXPECT_TRUE(take(log_.add()));
  EXPECT_TRUE(take(log_.add()));
  EXPECT_THAT(told(), ElementsAre("1", "2"));
  EXPECT_EQ(log_.readings(), 0);
  EXPECT_EQ(events_.counts().received, 2u);
}

// L1
TEST_F(KernelEventsOfAFakeLog, AreToldOnce) {
  const auto first = log_.add();
  const auto second = log_.add();
  read();
  EXPECT_TRUE(take(first));
  EXPECT_TRUE(take(second));
  EXPECT_TRUE(take(log_.add()));
  EXPECT_THAT(told(), ElementsAre("1", "2", "3"));
}

// L2
TEST_F(KernelEventsOfAFakeLog, AreReadFromTheLogWhereANotificationIsMissing) {
  take(log_.add());
  log_.add();
  const auto third = log_.add();
  EXPECT_FALSE(take(third));
  EXPECT_THAT(told(), ElementsAre("1"));
  EXPECT_TRUE(read());
  EXPECT_TRUE(take(third));
  EXPECT_THAT(told(), ElementsAre("1", "2", "3"));
  EXPECT_EQ(events_.counts().lost, 0u);
}

constexpr event::KernelBootId kThisBoot = {std::byte{1}};
constexpr event::KernelBootId kOtherBoot = {std::byte{2}};

std::uint64_t begin_of(const event::KernelBootId& boot, std::uint64_t told, bool has_state) {
  event::KernelState known;
  known.set_kernel_boot_id(boot);
  known.set_kernel_sequence(told);
  return begin_after(known, has_state, {.oldest = 101, .last = 200, .boot_id = kThisBoot});
}

// L8: also where the log has lost something since, which is told then.
TEST(KernelEvents, BeginAfterTheLastOneThatWasTold) {
  for (const std::uint64_t told : {0U, 50U, 100U, 150U, 200U}) {
    EXPECT_EQ(begin_of(kThisBoot, told, true), told);
  }
}

// L8, L10
TEST(KernelEvents, BeginWithTheOldestWhereTheStateIsOfAnotherLog) {
  EXPECT_EQ(begin_of(kOtherBoot, 150, true), 100u);
  EXPECT_EQ(begin_of(kThisBoot, 201, true), 100u);
}

// L9
TEST(KernelEvents, BeginAfterTheLastOneThatThereIsWhereNobodyHeardTheKernel) {
  EXPECT_EQ(begin_of({}, 0, true), 200u);
  EXPECT_EQ(begin_of({}, 150, true), 200u);
}

// L10
TEST(KernelEvents, BeginWithTheOldestAtAFirstStart) {
  EXPECT_EQ(begin_of({}, 0, false), 100u);
}

// L10
TEST(KernelEvents, BeginAfterWhatTheServicesLogHasWhereTheStateIsLost) {
  EXPECT_EQ(begin_of({}, 50, false), 100u);
  EXPECT_EQ(begin_of({}, 150, false), 150u);
  EXPECT_EQ(begin_of({}, 201, false), 100u);
}

// L3
TEST_F(KernelEventsOfAFakeLog, AreLostByTheirExactCountWhereTheLogHasThemNoMore) {
  take(log_.add());
  for (int i = 0; i < 5; ++i) log_.add();
  log_.overwrite(4);
  read();
  EXPECT_THAT(told(), ElementsAre("1", "-3", "5", "6"));
  EXPECT_TRUE(sink_.state.kernel_missed());
  EXPECT_EQ(events_.counts().lost, 3u);
}

// L3
TEST_F(KernelEventsOfAFakeLog, AreLostInTheMiddleToo) {
  for (int i = 0; i < 5; ++i) log_.add();
  log_.drop(3);
  read();
  EXPECT_THAT(told(), ElementsAre("1", "2", "-1", "4", "5"));
}

// L3
TEST_F(KernelEventsOfAFakeLog, AreLostWhereTheLogHoldsNothing) {
  for (int i = 0; i < 5; ++i) log_.add();
  log_.overwrite(5);
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("-5"));
  EXPECT_EQ(known(), 5u);
  EXPECT_TRUE(take(log_.add()));
  EXPECT_THAT(told(), ElementsAre("-5", "6"));
}

// L3: the next service does not tell the same loss again.
TEST_F(KernelEventsOfAFakeLog, AreLostOnlyOnce) {
  for (int i = 0; i < 5; ++i) log_.add();
  log_.overwrite(4);
  read();
  KernelEvents next(sink_, sink_.state, fake_.get(), log_);
  EXPECT_TRUE(*next.read_log(Extent::kAll));
  EXPECT_THAT(told(), ElementsAre("-4", "5"));
}

// L4
TEST_F(KernelEventsOfAFakeLog, ThatNobodyCanReadAreLost) {
  EXPECT_TRUE(take(log_.add({.object = "no path"})));
  EXPECT_TRUE(take(log_.add()));
  EXPECT_THAT(told(), ElementsAre("-1", "2"));
  EXPECT_EQ(events_.counts().rejected, 1u);
  EXPECT_EQ(events_.counts().lost, 1u);
}

// L4
TEST_F(KernelEventsOfAFakeLog, WithoutANumberAreCountedByTheNext) {
  const auto numberless = decode::kernel_message({.sequence = {}});
  take(log_.add());
  EXPECT_FALSE(take(log_.add_raw(numberless, 2)));
  const auto third = log_.add();
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("1", "-1", "3"));
}

// L4: the log says how many numbers it has given out.
TEST_F(KernelEventsOfAFakeLog, WithoutANumberAreCountedAtTheEnd) {
  take(log_.add());
  EXPECT_FALSE(take(log_.add_raw(decode::kernel_message({.sequence = {}}), 2)));
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("1", "-1"));
}

TEST_F(KernelEventsOfAFakeLog, OfAnotherCommandAreNone) {
  EXPECT_TRUE(take(NetlinkMessage(KEVENT_CMD_MAX + 1).number(KEVENT_A_EVENT_SEQUENCE, 9)));
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_EQ(events_.counts().rejected, 0u);
}

// L5
TEST_F(KernelEventsOfAFakeLog, AreReadInPieces) {
  constexpr int kAll = KernelEvents::kPiece + 7;
  for (int i = 0; i < kAll; ++i) log_.add();
  EXPECT_FALSE(read(Extent::kPiece));
  EXPECT_EQ(sink_.events.size(), std::size_t{KernelEvents::kPiece});
  EXPECT_TRUE(read(Extent::kPiece));
  EXPECT_EQ(sink_.events.size(), std::size_t{kAll});
  EXPECT_EQ(events_.counts().lost, 0u);
}

// L5
TEST_F(KernelEventsOfAFakeLog, WaitInTheLogWhileTheSinkWantsNone) {
  for (int i = 0; i < 5; ++i) log_.add();
  picky_.wanted = 2;
  EXPECT_FALSE(read(Extent::kPiece));
  EXPECT_THAT(told(), ElementsAre("1", "2"));
  picky_.wanted = SIZE_MAX;
  EXPECT_TRUE(read(Extent::kPiece));
  EXPECT_THAT(told(), ElementsAre("1", "2", "3", "4", "5"));
}

// L5: a start, or another source that is about to compare, wants all.
TEST_F(KernelEventsOfAFakeLog, AreAllReadWhereAllAreWanted) {
  for (int i = 0; i < KernelEvents::kPiece + 7; ++i) log_.add();
  picky_.wanted = 2;
  EXPECT_TRUE(read(Extent::kAll));
  EXPECT_EQ(sink_.events.size(), std::size_t{KernelEvents::kPiece + 7});
}

// L5: and leaves in the kernel's log what the service's has no room for.
TEST_F(KernelEventsOfAFakeLog, WaitInTheLogWhileTheSinkHasNoRoom) {
  for (int i = 0; i < 5; ++i) log_.add();
  picky_.room = 2;
  EXPECT_FALSE(read());
  EXPECT_THAT(told(), ElementsAre("1", "2"));
  EXPECT_FALSE(sink_.state.kernel_missed());
  picky_.room = SIZE_MAX;
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("1", "2", "3", "4", "5"));
}

TEST_F(KernelEventsOfAFakeLog, AreThereAfterAReadingThatFailed) {
  log_.add();
  log_.fail({ENOMEM, "read the kernel's log"});
  EXPECT_EQ(events_.read_log(Extent::kAll).error().code, ENOMEM);
  EXPECT_THAT(told(), IsEmpty());
  log_.work();
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("1"));
}

TEST_F(KernelEventsOfAFakeLog, BeginAfterWhatIsKnown) {
  for (int i = 0; i < 5; ++i) log_.add();
  sink_.state.set_kernel_sequence(3);
  events_.begin_at_known();
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("4", "5"));
}

// The service's log could not take them.
TEST_F(KernelEventsOfAFakeLog, AreToldAgainWhereTheyWereToldInVain) {
  take(log_.add());
  take(log_.add());
  sink_.state = event::KernelState();
  events_.begin_at_known();
  EXPECT_TRUE(read());
  EXPECT_THAT(told(), ElementsAre("1", "2", "1", "2"));
}

TEST_F(KernelEventsOfAFakeLog, HaveTheTimeAtWhichTheyHappened) {
  const std::uint64_t now_us = base::realtime_us();
  const auto boot_time_us = now_us - static_cast<std::uint64_t>(base::realtime_offset_us());
  take(log_.add({.time_ns = (boot_time_us - 5'000'000) * 1000}));
  EXPECT_NEAR(static_cast<double>(sink_.events[0].time_us), static_cast<double>(now_us - 5'000'000),
              1'000'000);
}

// L6
TEST_F(KernelEventsOfAFakeLog, OfAMediumSayWhatAUeventSays) {
  for (const char* signal : {KEVENT_SIGNAL_MEDIA_CHANGE, KEVENT_SIGNAL_EJECT_REQUEST}) {
    take(log_.add({.signal = signal}));
    const event::Details& details = sink_.events.back().details;
    EXPECT_EQ(*details.get<std::string>(key::kSubsystem), "block");
    EXPECT_EQ(*details.get<std::string>(key::kDeviceType), "disk");
    EXPECT_EQ(*details.get<std::string>(key::kDeviceNode), "/dev/loop0");
    EXPECT_EQ(*details.get<event::DeviceNumber>(key::kDeviceNumber), (event::DeviceNumber{7, 0}));
    EXPECT_EQ(*details.get<std::uint64_t>(key::kSize), 1u << 20);
  }
}

// L6
TEST_F(KernelEventsOfAFakeLog, OfABlockDeviceSayItsNode) {
  take(log_.add({.type = KEVENT_TYPE_FS, .signal = "mount", .text = "fstype=ext4"}));
  take(log_.add({.signal = KEVENT_SIGNAL_IO_ERROR, .text = "op=READ sector=8 status=5"}));
  for (const event::Event& event : sink_.events) {
    EXPECT_EQ(*event.details.get<std::string>(key::kSubsystem), "block");
    EXPECT_EQ(*event.details.get<std::string>(key::kDeviceNode), "/dev/loop0");
    EXPECT_EQ(*event.details.get<event::DeviceNumber>(key::kDeviceNumber),
              (event::DeviceNumber{7, 0}));
    EXPECT_EQ(event.details.find(key::kSize), nullptr);
  }
}

// L6
TEST_F(KernelEventsOfAFakeLog, OfADeviceThatIsGoneAreToldAllTheSame) {
  EXPECT_TRUE(take(log_.add({.object = "/devices/gone", .subsystem = "block"})));
  EXPECT_THAT(told(), ElementsAre("1"));
  EXPECT_EQ(sink_.events[0].details.find(key::kDeviceNode), nullptr);
  EXPECT_EQ(*sink_.events[0].details.get<std::string>(key::kSubsystem), "block");
}

// L7
TEST_F(KernelEventsOfAFakeLog, OfAMediumSayWhichUeventsAreTaken) {
  sink_.state.set_uevent_seqnum(77);
  take(log_.add());
  take(log_.add({.signal = KEVENT_SIGNAL_DEGRADED}));
  EXPECT_EQ(*sink_.events[0].details.get<std::uint64_t>(key::kUeventSeqnum), 77u);
  EXPECT_EQ(sink_.events[1].details.find(key::kUeventSeqnum), nullptr);
}

// They are no mount points.
TEST_F(KernelEventsOfAFakeLog, OfFilesystemsLeaveTheMountTableAlone) {
  take(log_.add({.type = KEVENT_TYPE_FS, .signal = "mount", .text = "fstype=ext4"}));
  EXPECT_TRUE(sink_.state.mounts().empty());
  EXPECT_TRUE(sink_.state.mount_points(kDisk).empty());
}

}  // namespace
}  // namespace kevent::source

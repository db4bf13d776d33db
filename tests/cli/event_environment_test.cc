// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/event_environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kevent::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

event::Event plain_event() {
  event::Event event;
  event.sequence = 42;
  event.time_us = 1'700'000'000'123'456;
  event.group = event::Group::kStorage;
  event.priority = 5;
  event.object = "/devices/virtual/block/loop0";
  event.signal = "media_change";
  return event;
}

std::vector<std::string> environment_of(const event::Event& event) {
  return event_environment(event, {});
}

// Of an event with this one detail.
std::vector<std::string> environment_of(std::string_view key, event::Value value) {
  event::Event event = plain_event();
  event.details.set(key, std::move(value));
  return environment_of(event);
}

// E1
TEST(EventEnvironment, TellsTheEvent) {
  EXPECT_THAT(
      environment_of(plain_event()),
      ElementsAre("KEVENT_GROUP=Storage", "KEVENT_OBJECT=/org/kernel/devices/virtual/block/loop0",
                  "KEVENT_PRIORITY=5", "KEVENT_SEQUENCE=42", "KEVENT_SIGNAL=media_change",
                  "KEVENT_SYSFS_PATH=/sys/devices/virtual/block/loop0",
                  "KEVENT_TIME=2023-11-14T22:13:20.123456Z", "KEVENT_TIME_US=1700000000123456"));
}

// E1
TEST(EventEnvironment, TellsTheRoot) {
  event::Event event = plain_event();
  event.object = "/";
  EXPECT_THAT(environment_of(event), Contains("KEVENT_SYSFS_PATH=/sys"));
}

// E2
TEST(EventEnvironment, NamesADetailInUpperSnakeCase) {
  EXPECT_THAT(environment_of("MountPoint", std::string("/mnt/a b")),
              Contains("KEVENT_DETAIL_MOUNT_POINT=/mnt/a b"));
  EXPECT_THAT(environment_of("Size", std::string("x")), Contains("KEVENT_DETAIL_SIZE=x"));
  EXPECT_THAT(environment_of("IOErrorCount", std::string("x")),
              Contains("KEVENT_DETAIL_IO_ERROR_COUNT=x"));
  EXPECT_THAT(environment_of("Crc32Sum", std::string("x")), Contains("KEVENT_DETAIL_CRC32_SUM=x"));
  EXPECT_THAT(environment_of("snake_Case", std::string("x")),
              Contains("KEVENT_DETAIL_SNAKE_CASE=x"));
}

// E2
TEST(EventEnvironment, WritesEachTypeOfADetail) {
  EXPECT_THAT(environment_of("X", true), Contains("KEVENT_DETAIL_X=true"));
  EXPECT_THAT(environment_of("X", false), Contains("KEVENT_DETAIL_X=false"));
  EXPECT_THAT(environment_of("X", std::int32_t{-40}), Contains("KEVENT_DETAIL_X=-40"));
  EXPECT_THAT(environment_of("X", std::uint32_t{7}), Contains("KEVENT_DETAIL_X=7"));
  EXPECT_THAT(environment_of("X", ~std::uint64_t{0}),
              Contains("KEVENT_DETAIL_X=18446744073709551615"));
  EXPECT_THAT(environment_of("X", event::DeviceNumber{8, 1}), Contains("KEVENT_DETAIL_X=8:1"));
  EXPECT_THAT(environment_of("X", event::Texts{"/a", "/b c"}),
              Contains("KEVENT_DETAIL_X=/a\n/b c"));
}

// E3
TEST(EventEnvironment, HasThePairsOfAUevent) {
  const event::Environment uevent = {{"ACTION", "change"}, {"DISK_MEDIA_CHANGE", "1"}};
  const auto environment = environment_of(event::key::kUevent, uevent);
  EXPECT_THAT(environment, Contains("KEVENT_UEVENT_ACTION=change"));
  EXPECT_THAT(environment, Contains("KEVENT_UEVENT_DISK_MEDIA_CHANGE=1"));
}

// E3
TEST(EventEnvironment, KeepsTheNumberOfAUeventApartFromItsPairs) {
  event::Event event = plain_event();
  event.details.set(event::key::kUevent, event::Environment{{"SEQNUM", "5"}});
  event.details.set(event::key::kUeventSeqnum, std::uint64_t{6});
  EXPECT_THAT(environment_of(event), Contains("KEVENT_UEVENT_SEQNUM=5"));
  EXPECT_THAT(environment_of(event), Contains("KEVENT_DETAIL_UEVENT_SEQNUM=6"));
}

// E4
TEST(EventEnvironment, HoldsCleanText) {
  event::Event event = plain_event();
  event.signal = "a\nb";
  event.object = "/devices/x\xff";
  event.details.set_text("MountPoint", "/mnt\x1b[31m");
  const auto environment = environment_of(event);
  EXPECT_THAT(environment, Contains("KEVENT_SIGNAL=a\\x0ab"));
  EXPECT_THAT(environment, Contains("KEVENT_SYSFS_PATH=/sys/devices/x\\xff"));
  EXPECT_THAT(environment, Contains("KEVENT_DETAIL_MOUNT_POINT=/mnt\\x1b[31m"));
}

// E4
TEST(EventEnvironment, LeavesBytesToTheJson) {
  EXPECT_THAT(environment_of("MountPointBytes", event::Bytes{1, 2}),
              Not(Contains(HasSubstr("BYTES"))));
}

// E4
TEST(EventEnvironment, LeavesOutWhatMakesNoName) {
  EXPECT_THAT(environment_of("Odd Key", true), Not(Contains(StartsWith("KEVENT_DETAIL_"))));
  EXPECT_THAT(environment_of("A=B", true), Not(Contains(StartsWith("KEVENT_DETAIL_"))));
  EXPECT_THAT(environment_of("\u00c4", true), Not(Contains(StartsWith("KEVENT_DETAIL_"))));
  EXPECT_THAT(environment_of(event::key::kUevent, event::Environment{{"A-B", "1"}}),
              Not(Contains(StartsWith("KEVENT_UEVENT_"))));
}

// E4
TEST(EventEnvironment, LeavesOutWhatIsTooLong) {
  EXPECT_THAT(environment_of("Text", std::string(kLongestValue + 1, 'x')),
              Not(Contains(StartsWith("KEVENT_DETAIL_"))));
  EXPECT_THAT(environment_of("Text", std::string(kLongestValue, 'x')),
              Contains(StartsWith("KEVENT_DETAIL_TEXT=")));
}

// E5
TEST(EventEnvironment, HasANameOnce) {
  event::Event event = plain_event();
  event.details.set("MountPoint", std::string("first"));
  event.details.set("mount_point", std::string("second"));
  EXPECT_THAT(environment_of(event), Contains("KEVENT_DETAIL_MOUNT_POINT=first"));
  EXPECT_THAT(environment_of(event), Not(Contains("KEVENT_DETAIL_MOUNT_POINT=second")));
}

// E6
TEST(EventEnvironment, InheritsAllThatIsNotItsOwn) {
  const auto environment = event_environment(
      plain_event(),
      {"HOME=/root", "KEVENT_DETAIL_MOUNT_POINT=/forged", "KEVENT_X=1", "KEVENTS=2"});
  EXPECT_THAT(environment, Contains("HOME=/root"));
  EXPECT_THAT(environment, Contains("KEVENTS=2"));
  EXPECT_THAT(environment, Not(Contains(StartsWith("KEVENT_DETAIL_"))));
  EXPECT_THAT(environment, Not(Contains(StartsWith("KEVENT_X"))));
}

}  // namespace
}  // namespace kevent::cli

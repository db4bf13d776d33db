// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/event_text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "lib/terminal/json_line.h"

namespace kevent::cli {
namespace {

using event::Event;

class EventText : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }

  static Event mount() {
    Event event;
    event.sequence = 42;
    event.time_us = 1'700'000'000'123'456;
    event.group = event::Group::kFs;
    event.priority = event::priority::kNotice;
    event.object = "/devices/virtual/block/loop0";
    event.signal = "mount";
    event.details.set(event::key::kFileSystem, std::string("ext4"));
    event.details.set(event::key::kMountPoint, std::string("/mnt"));
    event.details.set(event::key::kDeviceNumber, event::DeviceNumber{7, 0});
    return event;
  }

  static Event storage(std::string_view signal) {
    Event event = mount();
    event.group = event::Group::kStorage;
    event.signal = signal;
    event.details = {};
    return event;
  }
};

TEST_F(EventText, ShowsAMount) {
  EXPECT_EQ(item_line(mount(), false),
            "42       2023-11-14 22:13:20.123  Fs       mount                  "
            "/devices/virtual/block/loop0  ext4 on /mnt");
}

TEST_F(EventText, ColoursTheSignalByPriority) {
  Event event = mount();
  event.details = {};
  EXPECT_EQ(item_line(event, true),
            "\x1b[2m42     \x1b[0m  2023-11-14 22:13:20.123  Fs       "
            "\x1b[32mmount                \x1b[0m  \x1b[1m/devices/virtual/block/loop0\x1b[0m");
}

TEST_F(EventText, ShowsWhereAMountWasBefore) {
  Event event = mount();
  event.details.set(event::key::kOldMountPoint, std::string("/old"));
  EXPECT_TRUE(item_line(event, false).ends_with("ext4 on /mnt, before on /old"));
}

TEST_F(EventText, ShowsAMountThatNobodySawByItsId) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kMountId, std::uint64_t{2'147'558'509});
  EXPECT_TRUE(item_line(event, false).ends_with("gone before it was seen, id 2147558509"));
}

TEST_F(EventText, ShowsTheMedium) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kDeviceNode, std::string("/dev/sr0"));
  event.details.set(event::key::kSize, std::uint64_t{734003200});
  EXPECT_TRUE(item_line(event, false).ends_with("  /dev/sr0  700.0 MiB"));
}

TEST_F(EventText, SaysThatThereIsNoMedium) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kSize, std::uint64_t{0});
  EXPECT_TRUE(item_line(event, false).ends_with("  no medium"));
}

TEST_F(EventText, ShowsThatTheSizeIsNotKnownYet) {
  EXPECT_EQ(item_line(storage("media_change"), false),
            "42       2023-11-14 22:13:20.123  Storage  media_change           "
            "/devices/virtual/block/loop0  size not known yet");
  EXPECT_TRUE(item_line(storage("resize"), false).ends_with("/loop0"));
}

TEST_F(EventText, ShowsARemovalWhileMounted) {
  Event event = storage("removed_while_mounted");
  EXPECT_TRUE(item_line(event, false).ends_with("/loop0  was mounted"));
  event.details.set(event::key::kDeviceNode, std::string("/dev/sdb1"));
  event.details.set(event::key::kFileSystem, std::string("vfat"));
  event.details.set(event::key::kMountPoints, event::Texts{"/media/STICK"});
  EXPECT_EQ(item_line(event, false),
            "42       2023-11-14 22:13:20.123  Storage  removed_while_mounted  "
            "/devices/virtual/block/loop0  /dev/sdb1  vfat, was mounted on /media/STICK");
  event.details.set(event::key::kMountPoints, event::Texts{"/media/STICK", "/mnt/b", "/mnt/c"});
  event.details.set(event::key::kReadOnly, true);
  EXPECT_TRUE(item_line(event, false)
                  .ends_with("  vfat, was mounted read-only on /media/STICK, /mnt/b and /mnt/c"));
}

TEST_F(EventText, ShowsATemperature) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kTemperature, std::int32_t{95500});
  event.details.set(event::key::kTripType, std::string("hot"));
  event.details.set(event::key::kSynthesized, true);
  EXPECT_TRUE(item_line(event, false).ends_with("  95.5 \u00b0C, hot trip  synthesized"));
}

TEST_F(EventText, ShowsAFilesystemThatCameAlive) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kScope, std::string(event::kScopeFileSystem));
  event.details.set(event::key::kDeviceNode, std::string("/dev/loop0"));
  EXPECT_TRUE(item_line(event, false).ends_with("  /dev/loop0  the filesystem"));
  event.details.set(event::key::kFileSystem, std::string("ext4"));
  EXPECT_TRUE(item_line(event, false).ends_with("  /dev/loop0  the ext4 filesystem"));
}

TEST_F(EventText, ShowsAProcessor) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kProcessor, std::uint32_t{3});
  event.details.set(event::key::kLevel, std::string("core"));
  EXPECT_TRUE(item_line(event, false).ends_with("  processor 3, core"));
}

TEST_F(EventText, ShowsARequestThatFailed) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kOperation, std::string("READ"));
  event.details.set(event::key::kSector, std::uint64_t{1234});
  event.details.set(event::key::kStatus, std::string("ENODATA"));
  event.details.set(event::key::kSuppressed, std::uint32_t{0});
  EXPECT_TRUE(item_line(event, false).ends_with("  READ of sector 1234: ENODATA"));
  event.details.set(event::key::kSuppressed, std::uint32_t{2});
  EXPECT_TRUE(item_line(event, false).ends_with("  READ of sector 1234: ENODATA, 2 more not told"));
}

TEST_F(EventText, ShowsWhatTheKernelSaysBesidesAndHadNoRoomFor) {
  Event event = mount();
  event.details = {};
  event.details.set(event::key::kText, std::string("new=1"));
  event.details.set(event::key::kCut, std::string("object text"));
  EXPECT_TRUE(item_line(event, false).ends_with("  new=1  cut: object text"));
}

TEST_F(EventText, ShowsHowManyWereLost) {
  EXPECT_TRUE(item_line(event::events_lost("uevent", 7, 0), false).ends_with("  7 from uevent"));
  EXPECT_TRUE(item_line(event::events_lost("uevent", 0, 0), false)
                  .ends_with("  an unknown number from uevent"));
}

TEST_F(EventText, LetsNothingRawThrough) {
  Event event = mount();
  event.object = "/devices/\x1b]0;evil\x07";
  event.signal = "mou\nnt";
  event.details.set(event::key::kMountPoint, std::string("/mnt/\u202etxt.exe"));
  event.details.set(event::key::kFileSystem, std::string("\u009b31m"));
  event.details.set(event::key::kDeviceNode, std::string("/dev/\x7f"));
  event.details.set(event::key::kText, std::string("\x1b]0;evil\x07"));
  event.details.set(event::key::kOperation, std::string("\n"));
  Event removal = storage("removed_while_mounted");
  removal.details.set(event::key::kMountPoints, event::Texts{"/mnt/\u202e", "\x1b"});
  const std::string line = item_line(event, false) + item_line(removal, false);
  EXPECT_EQ(line.find_first_of("\x1b\x07\n\x7f"), line.npos);
  EXPECT_EQ(line.find("\u202e"), line.npos);
  EXPECT_EQ(line.find("\u009b"), line.npos);
}

TEST_F(EventText, ShowsOverwrittenEvents) {
  EXPECT_EQ(item_line(client::Overwritten{1}, false), "1 event was no longer in the log");
  EXPECT_EQ(item_line(client::Overwritten{3}, false), "3 events were no longer in the log");
}

TEST_F(EventText, ShowsANewLog) {
  EXPECT_EQ(item_line(client::NewLog{}, false),
            "the log was replaced: events may be missing, and sequences start again");
}

TEST_F(EventText, IsADocumentForPrograms) {
  Event event = mount();
  event.details.set(event::key::kUevent, event::Environment{{"ACTION", "add"}});
  event.details.set("MountPointBytes", event::Bytes{47, 255});
  event.details.set(event::key::kSynthesized, true);
  EXPECT_EQ(terminal::json_line(item_json(event)),
            R"({"details":{"DeviceNumber":[7,0],"FileSystem":"ext4","MountPoint":"/mnt",)"
            R"("MountPointBytes":[47,255],"Synthesized":true,"Uevent":{"ACTION":"add"}},)"
            R"("group":"Fs","object":"/org/kernel/devices/virtual/block/loop0","priority":5,)"
            R"("sequence":42,"signal":"mount","sysfs_path":"/sys/devices/virtual/block/loop0",)"
            R"("time":1700000000123456})");
}

TEST_F(EventText, NamesTheRootOfSysfs) {
  const auto document = item_json(event::events_lost("mount", 1, 0));
  EXPECT_EQ(document["sysfs_path"], "/sys");
  EXPECT_EQ(document["object"], "/org/kernel");
}

TEST_F(EventText, IsAsciiForPrograms) {
  Event event = mount();
  event.object = "/devices/\xff\u00e9";
  event.signal = "\x1b\u202e\x7f";
  const std::string line = terminal::json_line(item_json(event));
  for (const char c : line) {
    EXPECT_GE(c, 0x20) << line;
    EXPECT_LT(c, 0x7f) << line;
  }
}

TEST_F(EventText, IsADocumentForWhatIsNoEvent) {
  EXPECT_EQ(terminal::json_line(item_json(client::Overwritten{3})), R"({"overwritten":3})");
  EXPECT_EQ(terminal::json_line(item_json(client::NewLog{})), R"({"new_log":true})");
}

}  // namespace
}  // namespace kevent::cli

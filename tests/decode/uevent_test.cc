// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/uevent.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "lib/event/object_path.h"
#include "tests/decode/data.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
using event::Environment;
using event::Group;

// A whole message: header, ACTION, DEVPATH, then `entries`.
std::string message_of(const std::string& action, const std::string& device_path,
                       std::initializer_list<std::string> entries = {}) {
  std::string message = action + "@" + device_path + '\0';
  message += "ACTION=" + action + '\0' + "DEVPATH=" + device_path + '\0';
  for (const std::string& entry : entries) message += entry + '\0';
  return message;
}

event::Event event_of(std::string_view message, std::optional<std::uint64_t> size = {}) {
  return uevent_event(parse_uevent(message).value(), size, 17);
}

event::Event block_change(std::initializer_list<std::string> entries) {
  std::string message = message_of("change", "/devices/virtual/block/sr0", entries);
  return event_of(message + "SUBSYSTEM=block" + '\0');
}

// U1.
TEST(Uevent, IsHeaderAndEntries) {
  const auto uevent = parse_uevent(message_of("add", "/devices/a", {"KEY=a=b", "EMPTY="}));
  ASSERT_TRUE(uevent.has_value());
  EXPECT_EQ(uevent->action, "add");
  EXPECT_EQ(uevent->device_path, "/devices/a");
  EXPECT_EQ(
      uevent->environment,
      (Environment{{"ACTION", "add"}, {"DEVPATH", "/devices/a"}, {"KEY", "a=b"}, {"EMPTY", ""}}));
}

// U1.
TEST(Uevent, MayLackTheLastNul) {
  std::string message = message_of("add", "/devices/a", {"KEY=value"});
  message.pop_back();
  EXPECT_EQ(parse_uevent(message).value().value("KEY"), "value");
}

// U1. kdbusd wrote through a null pointer here.
TEST(Uevent, IsRefusedWithoutAt) {
  std::string message = message_of("add", "/devices/a");
  message.erase(message.find('@'), 1);
  EXPECT_EQ(parse_uevent(message), std::nullopt);
}

// U1.
TEST(Uevent, IsRefusedWithoutAnAction) {
  EXPECT_EQ(parse_uevent(message_of("", "/devices/a")), std::nullopt);
}

// U1.
TEST(Uevent, DividesTheHeaderAtTheFirstAt) {
  EXPECT_EQ(parse_uevent(message_of("add", "/devices/i2c@7e")).value().device_path,
            "/devices/i2c@7e");
}

// U1: udevd's own messages go over the same kind of socket.
TEST(Uevent, IsRefusedFromUdevd) {
  std::string message("libudev\0\xfe\xed\xca\xfe", 12);
  message += message_of("add", "/devices/a");
  EXPECT_EQ(parse_uevent(message), std::nullopt);
}

// U1.
TEST(Uevent, IsRefusedWhenNothingIsThere) {
  EXPECT_EQ(parse_uevent(""), std::nullopt);
  EXPECT_EQ(parse_uevent(std::string_view("\0", 1)), std::nullopt);
}

// U2.
TEST(Uevent, IsRefusedWhereTheEnvironmentNamesAnotherObject) {
  std::string message = message_of("add", "/devices/a");
  message.replace(message.find("DEVPATH=/devices/a"), 18, "DEVPATH=/devices/b");
  EXPECT_EQ(parse_uevent(message), std::nullopt);
}

// U2.
TEST(Uevent, IsRefusedWhereTheEnvironmentNamesAnotherAction) {
  std::string message = message_of("add", "/devices/a");
  message.replace(message.find("ACTION=add"), 10, "ACTION=adD");
  EXPECT_EQ(parse_uevent(message), std::nullopt);
}

// U2.
TEST(Uevent, IsRefusedWithoutAnEnvironment) {
  EXPECT_EQ(parse_uevent("add@/devices/a"), std::nullopt);
  EXPECT_EQ(parse_uevent(std::string_view("add@/devices/a\0", 15)), std::nullopt);
}

// U2.
TEST(Uevent, IsRefusedWhereThePathIsNoKernelPath) {
  for (const std::string path : {"", "devices/a", "/devices/", "/devices//a", "/devices/../a"}) {
    EXPECT_EQ(parse_uevent(message_of("add", path)), std::nullopt) << path;
  }
}

// U2.
TEST(Uevent, IsRefusedWithAnEntryWithoutEquals) {
  EXPECT_EQ(parse_uevent(message_of("add", "/devices/a", {"KEY"})), std::nullopt);
  EXPECT_EQ(parse_uevent(message_of("add", "/devices/a", {""})), std::nullopt);
}

// U3.
TEST(UeventEvent, IsHotplugWithTheActionAsItsSignal) {
  for (const std::string action : {"add", "remove", "change", "move", "online", "offline", "bind",
                                   "unbind", "of_a_newer_kernel"}) {
    const auto event = event_of(message_of(action, "/devices/a"));
    EXPECT_EQ(event.group, Group::kHotplug);
    EXPECT_EQ(event.signal, action);
    EXPECT_EQ(event.object, "/devices/a");
    EXPECT_EQ(event.time_us, 17U);
  }
}

// U3.
TEST(UeventEvent, OfABlockDeviceIsWhatTheKernelSaysMoreExactly) {
  EXPECT_EQ(block_change({"DISK_EJECT_REQUEST=1"}).signal, "eject_request");
  EXPECT_EQ(block_change({"DISK_MEDIA_CHANGE=1"}).signal, "media_change");
  EXPECT_EQ(block_change({"RESIZE=1"}).signal, "resize");
  EXPECT_EQ(block_change({"DISK_RO=1"}).signal, "read_only");
  EXPECT_EQ(block_change({"DISK_RO=0"}).signal, "read_write");
  EXPECT_EQ(block_change({"DISK_RO=0"}).group, Group::kStorage);
}

// U3: where several are set, the first in this order.
TEST(UeventEvent, OfABlockDeviceHasOneMeaning) {
  EXPECT_EQ(block_change({"DISK_RO=1", "RESIZE=1"}).signal, "resize");
  EXPECT_EQ(block_change({"DISK_RO=1", "RESIZE=1", "DISK_MEDIA_CHANGE=1"}).signal, "media_change");
  EXPECT_EQ(block_change({"RESIZE=1", "DISK_MEDIA_CHANGE=1", "DISK_EJECT_REQUEST=1"}).signal,
            "eject_request");
}

// U3.
TEST(UeventEvent, OfABlockDeviceIsHotplugForOtherValues) {
  const auto event = block_change({"DISK_MEDIA_CHANGE=0", "RESIZE=", "DISK_RO=2"});
  EXPECT_EQ(event.signal, "change");
  EXPECT_EQ(event.group, Group::kHotplug);
}

// U3: of subsystem block only.
TEST(UeventEvent, OfAnotherSubsystemIsHotplug) {
  const auto event = event_of(
      message_of("change", "/devices/a", {"SUBSYSTEM=scsi", "DISK_MEDIA_CHANGE=1", "RESIZE=1"}));
  EXPECT_EQ(event.signal, "change");
}

// U3: of `change` only.
TEST(UeventEvent, OfANewBlockDeviceIsAdd) {
  const auto event =
      event_of(message_of("add", "/devices/a", {"SUBSYSTEM=block", "DISK_MEDIA_CHANGE=1"}));
  EXPECT_EQ(event.signal, "add");
  EXPECT_EQ(event.group, Group::kHotplug);
}

// U4.
TEST(UeventEvent, HasThePriorityOfItsSignal) {
  EXPECT_EQ(event_of(message_of("add", "/devices/a")).priority, 6);
  EXPECT_EQ(event_of(message_of("remove", "/devices/a")).priority, 6);
  EXPECT_EQ(event_of(message_of("change", "/devices/a")).priority, 7);
  EXPECT_EQ(block_change({"DISK_MEDIA_CHANGE=1"}).priority, 5);
  EXPECT_EQ(block_change({"DISK_EJECT_REQUEST=1"}).priority, 7);
  EXPECT_EQ(block_change({"RESIZE=1"}).priority, 7);
}

// U5.
TEST(UeventEvent, SaysWhatTheEnvironmentSays) {
  event::Event expected;
  expected.time_us = 17;
  expected.group = Group::kHotplug;
  expected.priority = 6;
  expected.object = "/devices/virtual/block/loop7/loop7p1";
  expected.signal = "add";
  expected.details.set(key::kSource, std::string("uevent"));
  expected.details.set(key::kSubsystem, std::string("block"));
  expected.details.set(key::kDeviceType, std::string("partition"));
  expected.details.set(key::kDeviceNode, std::string("/dev/loop7p1"));
  expected.details.set(key::kDeviceNumber, event::DeviceNumber{259, 0});
  expected.details.set(key::kSize, std::uint64_t{2097152});
  expected.details.set(key::kUevent, Environment{{"ACTION", "add"},
                                                 {"DEVPATH", expected.object},
                                                 {"SUBSYSTEM", "block"},
                                                 {"MAJOR", "259"},
                                                 {"MINOR", "0"},
                                                 {"DEVNAME", "loop7p1"},
                                                 {"DEVTYPE", "partition"},
                                                 {"DISKSEQ", "11"},
                                                 {"PARTN", "1"},
                                                 {"SEQNUM", "833"}});
  EXPECT_EQ(event_of(read_data("partition-add.uevent"), 2097152), expected);
}

// U5.
TEST(UeventEvent, SaysNothingOfWhatIsNotThere) {
  const auto event = event_of(message_of("add", "/bus/pci", {"SUBSYSTEM=", "DEVNAME="}));
  ASSERT_EQ(event.details.entries().size(), 2U);
  EXPECT_NE(event.details.find(key::kSource), nullptr);
  EXPECT_NE(event.details.find(key::kUevent), nullptr);
}

// U5.
TEST(UeventEvent, PutsDevInFrontOnlyWhereItLacks) {
  const auto node = [](const std::string& name) {
    return event_of(message_of("add", "/devices/a", {"DEVNAME=" + name}))
        .details.text_bytes(key::kDeviceNode);
  };
  EXPECT_EQ(node("bus/usb/001/002"), "/dev/bus/usb/001/002");
  EXPECT_EQ(node("/dev/sda"), "/dev/sda");
}

// U5: MAJOR and MINOR must both be whole numbers.
TEST(UeventEvent, SaysADeviceNumberOnlyWhereItIsOne) {
  const auto number = [](const std::string& major, const std::string& minor) {
    const auto event =
        event_of(message_of("add", "/devices/a", {"MAJOR=" + major, "MINOR=" + minor}));
    const auto* value = event.details.get<event::DeviceNumber>(key::kDeviceNumber);
    return value == nullptr ? std::nullopt : std::optional(*value);
  };
  EXPECT_EQ(number("0", "4294967295"), (event::DeviceNumber{0, 4294967295}));
  for (const std::string bad : {"", "-1", "+1", " 1", "1 ", "0x1", "4294967296"}) {
    EXPECT_EQ(number(bad, "1"), std::nullopt) << bad;
    EXPECT_EQ(number("1", bad), std::nullopt) << bad;
  }
}

// U5.
TEST(UeventEvent, SaysWhereTheObjectWas) {
  const auto event = event_of(read_data("net-rename.uevent"));
  EXPECT_EQ(event.signal, "move");
  EXPECT_EQ(event.object, "/devices/virtual/net/vethq2");
  EXPECT_EQ(event.details.text_bytes(key::kOldObject), "/devices/virtual/net/vethq0");
}

// U5: only a kernel path names an object.
TEST(UeventEvent, SaysNoOldObjectThatIsNone) {
  const auto event = event_of(message_of("move", "/devices/a", {"DEVPATH_OLD=/devices/../b"}));
  EXPECT_EQ(event.details.find(key::kOldObject), nullptr);
}

// U5.
TEST(UeventEvent, HoldsTheSignalWhereItIsNoMemberName) {
  const auto event = event_of(message_of("1-oops", "/devices/a"));
  EXPECT_EQ(event.signal, "1-oops");
  EXPECT_EQ(event.details.text_bytes(key::kSignal), "1-oops");
  EXPECT_EQ(event_of(message_of("oops", "/devices/a")).details.find(key::kSignal), nullptr);
}

// U5.
TEST(UeventEvent, KeepsBytesThatAreNoText) {
  const auto event = event_of(message_of("add", "/devices/a", {"NAME=\xff\n", "\xfe=1"}));
  EXPECT_EQ(
      *event.details.get<Environment>(key::kUevent),
      (Environment{
          {"ACTION", "add"}, {"DEVPATH", "/devices/a"}, {"NAME", "\\xff\\x0a"}, {"\\xfe", "1"}}));
  const auto message = message_of("add", "/devices/a", {"NAME=\xff\n", "\xfe=1"});
  const auto bytes = message.substr(message.find('\0') + 1);
  EXPECT_EQ(*event.details.get<event::Bytes>(key::kUeventBytes),
            event::Bytes(bytes.begin(), bytes.end()));
}

// U5: Linux ends the MODALIAS of a CPU with a newline.
TEST(UeventEvent, OfARealCpuIsNoCleanText) {
  const auto event = event_of(read_data("cpu-offline.uevent"));
  ASSERT_NE(event.details.find(key::kUeventBytes), nullptr);
  const auto& environment = *event.details.get<Environment>(key::kUevent);
  ASSERT_GT(environment.size(), 3U);
  EXPECT_TRUE(environment[3].second.ends_with(",0282\\x0a"));
}

// U5: no key stands twice, and nothing is lost.
TEST(UeventEvent, KeepsTheFirstOfTwoValues) {
  const auto event = event_of(message_of("add", "/devices/a", {"KEY=1", "KEY=2"}));
  EXPECT_EQ(*event.details.get<Environment>(key::kUevent),
            (Environment{{"ACTION", "add"}, {"DEVPATH", "/devices/a"}, {"KEY", "1"}}));
  EXPECT_NE(event.details.find(key::kUeventBytes), nullptr);
}

// U5: two keys may become one by being made clean.
TEST(UeventEvent, HoldsNoKeyTwiceInCleanText) {
  const auto event = event_of(message_of("add", "/devices/a", {"\x01=1", "\\x01=2"}));
  EXPECT_EQ(event.details.get<Environment>(key::kUevent)->size(), 3U);
}

// kdbusd cut paths at 256 bytes and wrote past its buffer of 1,024.
TEST(UeventEvent, KeepsALongPathWhole) {
  std::string path = "/devices";
  while (path.size() < 5000) path += "/" + std::string(100, 'x');
  EXPECT_EQ(event_of(message_of("add", path)).object, path);
}

// kdbusd died on characters other than '.', '-' and ':'.
TEST(UeventEvent, TakesAnyByteInAPath) {
  for (int byte = 1; byte < 256; ++byte) {
    const std::string path = std::string("/devices/a") + static_cast<char>(byte) + "b";
    EXPECT_EQ(event_of(message_of("add", path)).object, path) << byte;
  }
}

// kdbusd made one object of "a-b" and "a.b".
TEST(UeventEvent, KeepsObjectsApart) {
  EXPECT_NE(event::object_path(event_of(message_of("add", "/devices/a-b")).object),
            event::object_path(event_of(message_of("add", "/devices/a.b")).object));
}

struct Recorded {
  std::string file;
  Group group;
  std::string signal;
  std::string object;
};

class RecordedUevent : public testing::TestWithParam<Recorded> {};

TEST_P(RecordedUevent, IsDecoded) {
  const auto event = event_of(read_data(GetParam().file));
  EXPECT_EQ(event.group, GetParam().group);
  EXPECT_EQ(event.signal, GetParam().signal);
  EXPECT_EQ(event.object, GetParam().object);
}

const std::string kLoop = "/devices/virtual/block/loop7";

INSTANTIATE_TEST_SUITE_P(
    Linux, RecordedUevent,
    testing::Values(
        Recorded{"loop-change.uevent", Group::kHotplug, "change", kLoop},
        Recorded{"loop-change-with-arguments.uevent", Group::kHotplug, "change", kLoop},
        Recorded{"loop-media-change.uevent", Group::kStorage, "media_change", kLoop},
        Recorded{"loop-resize.uevent", Group::kStorage, "resize", kLoop},
        Recorded{"partition-remove.uevent", Group::kHotplug, "remove", kLoop + "/loop7p1"},
        Recorded{"net-add.uevent", Group::kHotplug, "add", "/devices/virtual/net/vethq1"},
        Recorded{"cpu-offline.uevent", Group::kHotplug, "offline", "/devices/system/cpu/cpu1"},
        Recorded{"cpuid-remove.uevent", Group::kHotplug, "remove", "/devices/virtual/cpuid/cpu1"},
        Recorded{"bus-add.uevent", Group::kHotplug, "add", "/bus/pci"}));

}  // namespace
}  // namespace kevent::decode

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/device_differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kevent::decode {
namespace {

namespace key = event::key;
using event::Device;
using event::Event;
using event::Group;
using event::KernelState;
using testing::ElementsAre;
using testing::IsEmpty;
using Devices = KernelState::Devices;

Device disk_of(std::optional<std::uint64_t> size) {
  return Device{"block", "disk", "/dev/sr0", {11, 0}, size};
}

const Devices kFamily = {{"/devices/a", {}}, {"/devices/a-b", {}}, {"/devices/a/b", {}}};

std::vector<std::string> told(const std::vector<Event>& events) {
  std::vector<std::string> lines;
  for (const Event& event : events) lines.push_back(event.signal + " " + event.object);
  return lines;
}

Event only_difference(const Devices& known, const Devices& found) {
  return device_differences(known, found, 17).at(0);
}

// D1.
TEST(DeviceDifferences, TellNewParentsBeforeChildren) {
  EXPECT_THAT(told(device_differences({}, kFamily, 0)),
              ElementsAre("add /devices/a", "add /devices/a-b", "add /devices/a/b"));
}

// D1.
TEST(DeviceDifferences, TellGoneChildrenBeforeParents) {
  EXPECT_THAT(told(device_differences(kFamily, {}, 0)),
              ElementsAre("remove /devices/a/b", "remove /devices/a-b", "remove /devices/a"));
}

// D1.
TEST(DeviceDifferences, TellWhatIsGoneFirst) {
  EXPECT_THAT(told(device_differences({{"/devices/z", {}}}, {{"/devices/a", {}}}, 0)),
              ElementsAre("remove /devices/z", "add /devices/a"));
}

// D1.
TEST(DeviceDifferences, ComeAndGoInHotplugWithPrioritySix) {
  for (const Event& event : {only_difference({}, kFamily), only_difference(kFamily, {})}) {
    EXPECT_EQ(event.group, Group::kHotplug);
    EXPECT_EQ(event.priority, 6);
    EXPECT_EQ(event.time_us, 17U);
  }
}

TEST(DeviceDifferences, TellNothingWhereNothingHappened) {
  EXPECT_THAT(device_differences(kFamily, kFamily, 0), IsEmpty());
}

// D2.
TEST(DeviceDifferences, TellAMediumThatCameOrWent) {
  for (const auto& [before, after] : {std::pair(0, 4096), std::pair(4096, 0)}) {
    const auto event = only_difference({{"/devices/sr0", disk_of(static_cast<unsigned>(before))}},
                                       {{"/devices/sr0", disk_of(static_cast<unsigned>(after))}});
    EXPECT_EQ(event.group, Group::kStorage);
    EXPECT_EQ(event.signal, "media_change");
    EXPECT_EQ(event.priority, 5);
    EXPECT_EQ(*event.details.get<std::uint64_t>(key::kSize), static_cast<unsigned>(after));
  }
}

// D2.
TEST(DeviceDifferences, TellAnotherSize) {
  const auto event =
      only_difference({{"/devices/sr0", disk_of(4096)}}, {{"/devices/sr0", disk_of(8192)}});
  EXPECT_EQ(event.group, Group::kStorage);
  EXPECT_EQ(event.signal, "resize");
  EXPECT_EQ(event.priority, 7);
  EXPECT_EQ(*event.details.get<std::uint64_t>(key::kSize), 8192U);
}

// D2: block devices only.
TEST(DeviceDifferences, TellNoSizeOfOtherDevices) {
  Device before = disk_of(1), after = disk_of(2);
  before.subsystem = after.subsystem = "net";
  EXPECT_THAT(device_differences({{"/devices/a", before}}, {{"/devices/a", after}}, 0), IsEmpty());
}

// D3.
TEST(DeviceDifferences, SayAllOfTheDevice) {
  event::Details expected;
  expected.set(key::kSource, std::string("uevent"));
  expected.set(key::kSynthesized, true);
  event::set_device_details(expected, disk_of(4096));
  const Devices one = {{"/devices/sr0", disk_of(4096)}};
  const Devices empty_drive = {{"/devices/sr0", disk_of(0)}};
  EXPECT_EQ(only_difference({}, one).details, expected);
  EXPECT_EQ(only_difference(one, {}).details, expected);
  EXPECT_EQ(only_difference(empty_drive, one).details, expected);
}

// The property that mending after loss rests on.
TEST(DeviceDifferences, LeadFromTheKnownStateToTheFoundOne) {
  const std::vector<Devices> walk = {
      kFamily,
      {{"/devices/sr0", disk_of(0)}, {"/devices/a", {}}},
      {{"/devices/sr0", disk_of(4096)}, {"/devices/sr0/sr0p1", disk_of(512)}},
      {{"/devices/sr0", disk_of(8192)}},
      {}};
  KernelState state;
  for (const Devices& found : walk) {
    for (const Event& event : device_differences(state.devices(), found, 0)) state.apply(event);
    EXPECT_EQ(state.devices(), found);
  }
}

// D2.
TEST(DeviceDifferences, KnowANewMediumByASizeThatWasUnknown) {
  const Devices unknown = {{"/devices/sr0", disk_of(std::nullopt)}};
  for (const std::uint64_t size : {0, 4096}) {
    const Event event = only_difference(unknown, {{"/devices/sr0", disk_of(size)}});
    EXPECT_EQ(event.signal, "media_change") << size;
    EXPECT_EQ(*event.details.get<std::uint64_t>(key::kSize), size);
  }
}

// D2.
TEST(DeviceDifferences, AreNoneForASizeThatWasNotFound) {
  const Devices unknown = {{"/devices/sr0", disk_of(std::nullopt)}};
  EXPECT_THAT(device_differences({{"/devices/sr0", disk_of(4096)}}, unknown, 0), IsEmpty());
  EXPECT_THAT(device_differences(unknown, unknown, 0), IsEmpty());
}

}  // namespace
}  // namespace kevent::decode

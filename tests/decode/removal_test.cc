// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/removal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kevent::decode {
namespace {

namespace key = event::key;
using event::Event;
using event::Group;
using event::KernelState;
using event::Mount;
using testing::ElementsAre;

const std::string kDisk = "/devices/usb1/block/sda";
const std::string kMapper = "/devices/virtual/block/dm-0";

Event mount_event(std::uint64_t id, const std::string& object, const std::string& mount_point,
                  const std::string& options = "rw,relatime", const std::string& root = "/") {
  Event event;
  event.group = Group::kFs;
  event.signal = "mount";
  event.object = object;
  event::set_mount_details(event.details,
                           Mount{id, {8, 0}, root, mount_point, "vfat", "/dev/sda", options, {}});
  return event;
}

Event removal() {
  Event event;
  event.time_us = 17;
  event.group = Group::kHotplug;
  event.signal = "remove";
  event.object = kDisk;
  event.details.set(key::kSource, std::string("uevent"));
  event.details.set(key::kSynthesized, true);
  event.details.set(key::kUevent, event::Environment{{"SEQNUM", "7"}});
  event::set_device_details(event.details, {"block", "disk", "/dev/sda", {8, 0}, 4096});
  return event;
}

KernelState state_of(const std::vector<Event>& events) {
  KernelState state;
  for (const Event& event : events) state.apply(event);
  return state;
}

std::optional<Event> removed_from(const std::vector<Event>& mounts,
                                  const std::vector<std::string>& stacked = {kDisk}) {
  return removed_while_mounted(state_of(mounts), removal(), stacked);
}

// R1.
TEST(RemovedWhileMounted, IsAnErrorOfTheDevice) {
  const auto event = removed_from({mount_event(1, kDisk, "/mnt")});
  ASSERT_TRUE(event);
  EXPECT_EQ(event->group, Group::kStorage);
  EXPECT_EQ(event->signal, "removed_while_mounted");
  EXPECT_EQ(event->priority, 3);
  EXPECT_EQ(event->object, kDisk);
  EXPECT_EQ(event->time_us, 17U);
}

// R1.
TEST(RemovedWhileMounted, IsNothingElse) {
  EXPECT_EQ(removed_from({}), std::nullopt);
  EXPECT_EQ(removed_from({mount_event(1, "/devices/usb1/block/sdb", "/mnt")}), std::nullopt);
  for (const char* signal : {"change", "unbind", "add"}) {
    Event other = removal();
    other.signal = signal;
    EXPECT_EQ(removed_while_mounted(state_of({mount_event(1, kDisk, "/mnt")}), other, {kDisk}),
              std::nullopt)
        << signal;
  }
}

// R2.
TEST(RemovedWhileMounted, SaysWhichDeviceButNotItsUevent) {
  const auto event = removed_from({mount_event(1, kDisk, "/mnt")});
  EXPECT_EQ(*event->details.get<std::string>(key::kSource), "uevent");
  EXPECT_EQ(*event->details.get<bool>(key::kSynthesized), true);
  EXPECT_EQ(*event->details.get<std::string>(key::kDeviceNode), "/dev/sda");
  EXPECT_EQ(*event->details.get<event::DeviceNumber>(key::kDeviceNumber),
            (event::DeviceNumber{8, 0}));
  EXPECT_EQ(event->details.find(key::kUevent), nullptr);
  EXPECT_EQ(event::uevent_seqnum_of(*event), 0U);
}

// R2.
TEST(RemovedWhileMounted, NamesAllMountPoints) {
  const auto event =
      removed_from({mount_event(3, kDisk, "/bound", "rw", "/sub"), mount_event(5, kDisk, "/late"),
                    mount_event(4, kDisk, "/bytes\xff")});
  EXPECT_THAT(*event->details.get<event::Texts>(key::kMountPoints),
              ElementsAre("/bytes\\xff", "/late", "/bound"));
  EXPECT_EQ(*event->details.get<std::string>(key::kFileSystem), "vfat");
}

// R2.
TEST(RemovedWhileMounted, IsReadOnlyOnlyWhereNothingCouldBeWritten) {
  const auto read_only = [](const std::vector<Event>& mounts) {
    return removed_from(mounts)->details.find(key::kReadOnly) != nullptr;
  };
  EXPECT_TRUE(read_only({mount_event(1, kDisk, "/a", "ro,relatime")}));
  EXPECT_TRUE(read_only({mount_event(1, kDisk, "/a", "rw,relatime,ro,errors=remount-ro")}));
  EXPECT_TRUE(read_only({mount_event(1, kDisk, "/a", "ro"), mount_event(2, kDisk, "/b", "ro")}));
  EXPECT_FALSE(read_only({mount_event(1, kDisk, "/a", "ro"), mount_event(2, kDisk, "/b", "rw")}));
  EXPECT_FALSE(read_only({mount_event(1, kDisk, "/a", "rw,errors=ro-mode,norecovery")}));
  EXPECT_FALSE(read_only({mount_event(1, kDisk, "/a", "")}));
}

// R1: a LUKS volume on the removed device.
TEST(RemovedWhileMounted, CountsMountsOfWhatLiesOnTheDevice) {
  const auto event = removed_from({mount_event(1, kMapper, "/secret")}, {kDisk, kMapper});
  ASSERT_TRUE(event);
  EXPECT_EQ(event->object, kDisk);
  EXPECT_THAT(*event->details.get<event::Texts>(key::kMountPoints), ElementsAre("/secret"));
}

// R3.
TEST(RemovedWhileMounted, LeavesTheMountsKnown) {
  KernelState state = state_of({mount_event(1, kDisk, "/mnt")});
  state.apply(*removed_while_mounted(state, removal(), {kDisk}));
  state.apply(removal());
  EXPECT_THAT(state.mount_points(kDisk), ElementsAre("/mnt"));
}

}  // namespace
}  // namespace kevent::decode

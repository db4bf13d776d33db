// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/kernel_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kevent::event {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

Event event_of(Group group, std::string_view signal, std::string_view object) {
  Event event;
  event.group = group;
  event.signal = signal;
  event.object = object;
  return event;
}

Event hotplug(std::string_view signal, std::string_view object) {
  return event_of(Group::kHotplug, signal, object);
}

Event add(std::string_view object, const Device& device = {}) {
  Event event = hotplug("add", object);
  set_device_details(event.details, device);
  return event;
}

Event move(std::string_view from, std::string_view to) {
  Event event = hotplug("move", to);
  event.details.set_text("OldObject", from);
  return event;
}

Event with_uevent(Environment environment) {
  Event event = hotplug("change", "/devices/x");
  event.details.set("Uevent", std::move(environment));
  return event;
}

const Device kDisk{"block", "disk", "/dev/sda", {8, 0}, 1 << 20};

const Mount kRoot{25, {8, 1}, "/", "/mnt", "ext4", "/dev/sda1", "rw", {"/devices/sda1"}};

Event mount_event(std::string_view signal, const Mount& mount, const std::string& object) {
  Event event = event_of(Group::kFs, signal, object);
  set_mount_details(event.details, mount);
  return event;
}

Event mount_event(std::string_view signal, const Mount& mount) {
  return mount_event(signal, mount, mount.objects.front());
}

KernelState after(std::initializer_list<Event> events) {
  KernelState state;
  for (const Event& event : events) state.apply(event);
  return state;
}

std::vector<std::string> names(const KernelState& state) {
  std::vector<std::string> names;
  for (const auto& [object, device] : state.devices()) names.push_back(object);
  return names;
}

TEST(KernelState, IsEmptyAtFirst) {
  const KernelState state;
  EXPECT_THAT(state.devices(), IsEmpty());
  EXPECT_THAT(state.mounts(), IsEmpty());
  EXPECT_THAT(state.overheating(), IsEmpty());
  EXPECT_EQ(state.uevent_seqnum(), 0U);
}

TEST(KernelState, KnowsAllOfADeviceThatWasAdded) {
  const KernelState state = after({add("/devices/sda", kDisk)});
  ASSERT_THAT(names(state), ElementsAre("/devices/sda"));
  EXPECT_EQ(state.devices().at("/devices/sda"), kDisk);
}

TEST(KernelState, KnowsTheBytesOfNamesThatAreNoText) {
  const Device device{"sub\xffsystem", "t\n", "/dev/\x80", {1, 2}, 3};
  EXPECT_EQ(after({add("/devices/a", device)}).devices().at("/devices/a"), device);
}

TEST(KernelState, ForgetsADeviceThatWasRemoved) {
  const KernelState state =
      after({add("/devices/a"), add("/devices/a/b"), hotplug("remove", "/devices/a/b")});
  EXPECT_THAT(names(state), ElementsAre("/devices/a"));
}

TEST(KernelState, TakesOnlyWhatLiesBelowDevicesForADevice) {
  EXPECT_THAT(names(after({add("/module/loop"), add("/devicesx/a"), add("/bus/pci")})), IsEmpty());
}

TEST(KernelState, LearnsFromAChange) {
  Event change = hotplug("change", "/devices/sda");
  change.details.set("Size", std::uint64_t{7});
  const KernelState state = after({add("/devices/sda", kDisk), change});
  Device expected = kDisk;
  expected.size = 7;
  EXPECT_EQ(state.devices().at("/devices/sda"), expected);
}

TEST(KernelState, LearnsTheSizeFromStorageEvents) {
  Event eject = event_of(Group::kStorage, "media_change", "/devices/sda");
  eject.details.set("Size", std::uint64_t{0});
  EXPECT_EQ(after({add("/devices/sda", kDisk), eject}).devices().at("/devices/sda").size, 0U);
}

TEST(KernelState, InventsNoDeviceFromABindOrAStorageEvent) {
  EXPECT_THAT(names(after({hotplug("bind", "/devices/a"), hotplug("change", "/devices/b"),
                           event_of(Group::kStorage, "resize", "/devices/c")})),
              IsEmpty());
}

TEST(KernelState, MovesADeviceWithAllBelow) {
  const KernelState state =
      after({add("/devices/net/eth0", {"net"}), add("/devices/net/eth0/q/rx-0", {"queues"}),
             add("/devices/net/eth01"), add("/devices/net/eth0-x"),
             move("/devices/net/eth0", "/devices/net/lan")});
  EXPECT_THAT(names(state), ElementsAre("/devices/net/eth0-x", "/devices/net/eth01",
                                        "/devices/net/lan", "/devices/net/lan/q/rx-0"));
  EXPECT_EQ(state.devices().at("/devices/net/lan").subsystem, "net");
  EXPECT_EQ(state.devices().at("/devices/net/lan/q/rx-0").subsystem, "queues");
}

TEST(KernelState, MovesOverWhatItKnewAtTheNewPlace) {
  const KernelState state =
      after({add("/devices/new", {"old subsystem"}), add("/devices/new/child"),
             add("/devices/a", {"net"}), move("/devices/a", "/devices/new")});
  EXPECT_THAT(names(state), ElementsAre("/devices/new"));
  EXPECT_EQ(state.devices().at("/devices/new").subsystem, "net");
}

TEST(KernelState, KnowsADeviceThatMovedFromNowhere) {
  EXPECT_THAT(names(after({move("/devices/unknown", "/devices/a")})), ElementsAre("/devices/a"));
  EXPECT_THAT(names(after({add("/devices/b"), hotplug("move", "/devices/a")})),
              ElementsAre("/devices/a", "/devices/b"));
}

TEST(KernelState, MovesNothingIntoItself) {
  EXPECT_THAT(names(after({add("/devices/a"), move("/devices/a", "/devices/a/b")})),
              ElementsAre("/devices/a", "/devices/a/b"));
}

TEST(KernelState, KnowsAllOfAMount) {
  const KernelState state = after({mount_event("mount", kRoot)});
  ASSERT_EQ(state.mounts().size(), 1U);
  EXPECT_EQ(state.mounts().at(25), kRoot);
  EXPECT_EQ(state.mount_count({8, 1}), 1U);
  EXPECT_THAT(state.mount_points("/devices/sda1"), ElementsAre("/mnt"));
}

TEST(KernelState, KnowsTheBytesOfAMountPointThatIsNoText) {
  Mount mount = kRoot;
  mount.mount_point = "/mnt/\xff\n";
  EXPECT_EQ(after({mount_event("mount", mount)}).mounts().at(25), mount);
}

TEST(KernelState, ForgetsAMountThatWasUnmounted) {
  const KernelState state = after({mount_event("mount", kRoot), mount_event("umount", kRoot)});
  EXPECT_THAT(state.mounts(), IsEmpty());
  EXPECT_EQ(state.mount_count({8, 1}), 0U);
  EXPECT_THAT(state.mount_points("/devices/sda1"), IsEmpty());
}

TEST(KernelState, ChangesAMountThatWasRemounted) {
  Mount moved = kRoot;
  moved.mount_point = "/media";
  moved.options = "ro";
  const KernelState state = after({mount_event("mount", kRoot), mount_event("remount", moved)});
  EXPECT_EQ(state.mounts().at(25), moved);
  EXPECT_EQ(state.mount_count({8, 1}), 1U);
  EXPECT_THAT(state.mount_points("/devices/sda1"), ElementsAre("/media"));
}

TEST(KernelState, CountsTheMountPointsOfAFileSystem) {
  Mount second = kRoot;
  second.id = 26;
  second.mount_point = "/a";
  Mount other = kRoot;
  other.id = 27;
  other.device = {0, 40};
  other.objects = {"/fs/tmpfs"};
  const KernelState state = after(
      {mount_event("mount", kRoot), mount_event("mount", second), mount_event("mount", other)});
  EXPECT_EQ(state.mount_count({8, 1}), 2U);
  EXPECT_EQ(state.mount_count({0, 40}), 1U);
  EXPECT_THAT(state.mount_points("/devices/sda1"), ElementsAre("/mnt", "/a"));
}

TEST(KernelState, ListsWholeMountsBeforeBindMountsAndTheOldestFirst) {
  KernelState state;
  const std::pair<const char*, const char*> mounts[] = {
      {"/sub", "/bound"}, {"/", "/z"}, {"/other", "/b"}, {"/", "/a"}};
  Mount mount = kRoot;
  for (const auto& [root, mount_point] : mounts) {
    ++mount.id;
    mount.root = root;
    mount.mount_point = mount_point;
    state.apply(mount_event("mount", mount));
  }
  EXPECT_THAT(state.mount_points("/devices/sda1"), ElementsAre("/z", "/a", "/bound", "/b"));
}

TEST(KernelState, DoesNotKnowTheSizeOfANewMediumUntilItIsTold) {
  Event change = hotplug("media_change", "/devices/sda");
  change.group = Group::kStorage;
  EXPECT_EQ(after({add("/devices/sda", kDisk), change}).devices().at("/devices/sda").size,
            std::nullopt);
  Event known = change;
  known.details.set(key::kSize, std::uint64_t{4096});
  EXPECT_EQ(after({add("/devices/sda", kDisk), change, known}).devices().at("/devices/sda").size,
            4096U);
}

TEST(KernelState, TakesAnIdThatIsUsedAgainForAnotherMount) {
  Mount reused = kRoot;
  reused.device = {8, 2};
  reused.objects = {"/devices/sda2"};
  const KernelState state = after({mount_event("mount", kRoot), mount_event("mount", reused)});
  EXPECT_EQ(state.mounts().at(25), reused);
  EXPECT_EQ(state.mount_count({8, 1}), 0U);
  EXPECT_THAT(state.mount_points("/devices/sda1"), IsEmpty());
}

TEST(KernelState, AddsUpTheObjectsOfAFileSystemOnSeveralDevices) {
  Mount btrfs = kRoot;
  btrfs.device = {0, 50};
  btrfs.objects = {"/devices/sda", "/devices/sdb"};
  const KernelState state = after(
      {mount_event("mount", btrfs, "/devices/sda"), mount_event("mount", btrfs, "/devices/sdb")});
  EXPECT_EQ(state.mounts().at(25), btrfs);
  EXPECT_EQ(state.mount_count({0, 50}), 1U);
  EXPECT_THAT(state.mount_points("/devices/sda"), ElementsAre("/mnt"));
  EXPECT_THAT(state.mount_points("/devices/sdb"), ElementsAre("/mnt"));
}

TEST(KernelState, ForgetsAFileSystemOnSeveralDevicesAtOnce) {
  Mount btrfs = kRoot;
  btrfs.objects = {"/devices/sda", "/devices/sdb"};
  const KernelState state = after(
      {mount_event("mount", btrfs, "/devices/sda"), mount_event("mount", btrfs, "/devices/sdb"),
       mount_event("umount", btrfs, "/devices/sda"), mount_event("umount", btrfs, "/devices/sdb")});
  EXPECT_EQ(state.mount_count(btrfs.device), 0U);
  EXPECT_THAT(state.mount_points("/devices/sdb"), IsEmpty());
}

TEST(KernelState, KeepsAllObjectsThroughARemount) {
  Mount btrfs = kRoot;
  btrfs.objects = {"/devices/sda", "/devices/sdb"};
  const KernelState state = after({mount_event("mount", btrfs, "/devices/sda"),
                                   mount_event("mount", btrfs, "/devices/sdb"),
                                   mount_event("remount", btrfs, "/devices/sda")});
  EXPECT_EQ(state.mounts().at(25).objects, btrfs.objects);
}

TEST(KernelState, IgnoresMountsOfAnotherScope) {
  Event event = mount_event("mount", kRoot);
  event.details.set("Scope", std::string("filesystem"));
  EXPECT_THAT(after({event}).mounts(), IsEmpty());
}

TEST(KernelState, IgnoresMountsWithoutAnId) {
  Event event = event_of(Group::kFs, "mount", "/fs/tmpfs");
  event.details.set("Scope", std::string("mount_point"));
  EXPECT_THAT(after({event}).mounts(), IsEmpty());
}

TEST(KernelState, IgnoresAnUnmountOfWhatIsUnknown) {
  EXPECT_THAT(after({mount_event("umount", kRoot)}).mounts(), IsEmpty());
}

TEST(KernelState, KnowsWhatOverheats) {
  const Event hot = event_of(Group::kPower, "overheating", "/devices/zone0");
  EXPECT_THAT(after({hot}).overheating(), ElementsAre("/devices/zone0"));
  EXPECT_THAT(after({hot, event_of(Group::kPower, "normal", "/devices/zone0")}).overheating(),
              IsEmpty());
}

TEST(KernelState, KeepsTheHighestSeqnumWhateverTheOrder) {
  EXPECT_EQ(
      after({with_uevent({{"SEQNUM", "12"}}), with_uevent({{"SEQNUM", "11"}})}).uevent_seqnum(),
      12U);
  EXPECT_EQ(after({with_uevent({{"SEQNUM", "18446744073709551615"}})}).uevent_seqnum(), UINT64_MAX);
}

TEST(KernelState, ReadsTheSeqnumOfAnyGroupAndObject) {
  Event event = event_of(Group::kStorage, "resize", "/module/x");
  event.details.set("Uevent", Environment{{"SEQNUM", "5"}, {"LAST", "9"}});
  EXPECT_EQ(after({event}).uevent_seqnum(), 5U);
}

TEST(KernelState, TakesNoSeqnumFromWhatIsNone) {
  EXPECT_EQ(after({with_uevent({{"SEQNUM", ""}}), with_uevent({{"SEQNUM", "x"}}),
                   with_uevent({{"SEQNUM", "18446744073709551616"}}),
                   with_uevent({{"OLDSEQNUM", "7"}}), with_uevent({})})
                .uevent_seqnum(),
            0U);
}

TEST(KernelState, LearnsFromLossHowFarItReaches) {
  Event lost = events_lost("uevent", 3, 1);
  lost.details.set("UeventSeqnum", std::uint64_t{100});
  EXPECT_EQ(after({with_uevent({{"SEQNUM", "50"}}), lost}).uevent_seqnum(), 100U);
  EXPECT_EQ(after({with_uevent({{"SEQNUM", "150"}}), lost}).uevent_seqnum(), 150U);
}

TEST(KernelState, KeepsTheHighestNumberOfTheKernelsEvents) {
  const auto numbered = [](std::uint64_t number) {
    Event event = event_of(Group::kStorage, "io_error", "/devices/x");
    event.details.set("KernelSequence", number);
    return event;
  };
  EXPECT_EQ(after({}).kernel_sequence(), 0U);
  EXPECT_EQ(after({numbered(7), numbered(6)}).kernel_sequence(), 7U);
  Event lost = events_lost("kernel", 3, 1);
  lost.details.set("KernelSequence", std::uint64_t{10});
  EXPECT_EQ(after({numbered(7), lost}).kernel_sequence(), 10U);
}

// A filesystem that came alive is no mount point.
TEST(KernelState, LeavesTheMountTableToMountPoints) {
  Event event = mount_event("mount", kRoot);
  event.details.set("Scope", std::string("filesystem"));
  EXPECT_THAT(after({event}).mounts(), IsEmpty());
  Event gone = mount_event("umount", kRoot);
  gone.details.set("Scope", std::string("filesystem"));
  EXPECT_EQ(after({mount_event("mount", kRoot), gone}).mounts().size(), 1U);
}

// Any event, also one that no kernel would send, over so few objects that they meet.
class RandomEvents {
 public:
  explicit RandomEvents(std::uint32_t seed) : random_(seed) {}

  Event next() {
    static constexpr std::string_view kSignals[] = {
        "add",   "add",   "remove", "move",    "move",        "change", "bind",
        "mount", "mount", "umount", "remount", "overheating", "normal"};
    Event event = event_of(kAllGroups[pick(5)], kSignals[pick(std::size(kSignals))], object());
    // Mostly in the group where it means something.
    if (pick(8) != 0) event.group = natural_group(event.signal);
    if (event.signal == "move") event.details.set_text("OldObject", pick(8) == 0 ? "" : object());
    if (pick(2) == 0) event.details.set("Size", std::uint64_t{pick(5)});
    if (pick(4) == 0) event.details.set("UeventSeqnum", std::uint64_t{pick(1000)});
    if (event.group == Group::kFs) set_mount_details(event.details, mount());
    return event;
  }

 private:
  static Group natural_group(std::string_view signal) {
    if (signal.ends_with("mount")) return Group::kFs;
    if (signal == "overheating" || signal == "normal") return Group::kPower;
    return Group::kHotplug;
  }

  std::size_t pick(std::size_t count) { return random_() % count; }

  std::string object() {
    std::string path = "/devices";
    for (std::size_t depth = pick(4); depth > 0; --depth) {
      path += '/';
      path += static_cast<char>('a' + pick(3));
    }
    return path;
  }

  Mount mount() {
    Mount mount = kRoot;
    mount.id = pick(4);
    mount.device = {8, static_cast<std::uint32_t>(pick(3))};
    mount.mount_point = "/mnt/" + std::to_string(pick(3));
    return mount;
  }

  std::mt19937 random_;
};

void expect_equal(const KernelState& one, const KernelState& other) {
  ASSERT_EQ(one.devices(), other.devices());
  ASSERT_EQ(one.mounts(), other.mounts());
  ASSERT_EQ(one.overheating(), other.overheating());
  ASSERT_EQ(one.uevent_seqnum(), other.uevent_seqnum());
  for (const auto& [object, device] : one.devices()) {
    ASSERT_EQ(one.mount_points(object), other.mount_points(object));
  }
}

// The invariant of the header.
TEST(KernelState, IsTheSameWhetherAnEventIsAppliedOnceOrTwice) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    RandomEvents events(seed);
    KernelState once;
    KernelState twice;
    for (int i = 0; i < 400; ++i) {
      const Event event = events.next();
      once.apply(event);
      twice.apply(event);
      twice.apply(event);
      ASSERT_NO_FATAL_FAILURE(expect_equal(once, twice))
          << "seed " << seed << ", event " << i << ": " << event.signal << " " << event.object;
    }
  }
}

// What is indexed must agree with the mounts themselves, whatever came before.
TEST(KernelState, CountsAndListsEveryMountOnce) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    RandomEvents events(seed);
    KernelState state;
    for (int i = 0; i < 400; ++i) state.apply(events.next());
    std::map<DeviceNumber, std::uint32_t> counts;
    std::map<std::string, std::vector<std::string>> points;
    for (const auto& [id, mount] : state.mounts()) {
      ++counts[mount.device];
      for (const std::string& object : mount.objects) points[object].push_back(mount.mount_point);
    }
    for (std::uint32_t minor = 0; minor < 3; ++minor) {
      const DeviceNumber device{8, minor};
      EXPECT_EQ(state.mount_count(device), counts[device]);
    }
    for (auto& [object, expected] : points) {
      EXPECT_THAT(state.mount_points(object), UnorderedElementsAreArray(expected));
    }
  }
}

}  // namespace
}  // namespace kevent::event

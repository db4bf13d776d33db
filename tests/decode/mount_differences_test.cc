// SPDX-License-Identifier: LGPL-2.1-or-later
// What one state of the mount table tells about another: rules M1 to M6, and a random walk of
// tables.
#include "service/decode/mount_differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "lib/event/object_path.h"
#include "service/decode/mount_table.h"
#include "tests/decode/data.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
using event::DeviceNumber;
using event::Event;
using event::KernelState;
using event::Mount;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr DeviceNumber kDisk{8, 1};
constexpr DeviceNumber kOther{8, 2};
constexpr DeviceNumber kPool{0, 40};  // a filesystem on two devices

std::vector<std::string> objects_of(const Mount& mount) {
  if (mount.device == kPool) return {"/devices/pool0", "/devices/pool1"};
  return {"/devices/block" + std::to_string(mount.device.minor)};
}

Mount mount_at(std::uint64_t id, DeviceNumber device, const std::string& mount_point,
               const std::string& options = "rw") {
  return Mount{id, device, "/", mount_point, "ext4", "/dev/x", options, {}};
}

std::vector<Event> differences(const KernelState& known, const std::vector<Mount>& found) {
  return mount_differences(known, found, objects_of, false, 17);
}

KernelState state_of(const std::vector<Mount>& mounts) {
  KernelState state;
  for (const Event& event : differences(KernelState(), mounts)) state.apply(event);
  return state;
}

// "mount 3": what happened to which mount.
std::vector<std::string> told(const std::vector<Event>& events) {
  std::vector<std::string> lines;
  for (const Event& event : events) {
    lines.push_back(event.signal + " " +
                    std::to_string(*event.details.get<std::uint64_t>(key::kMountId)));
  }
  return lines;
}

std::uint32_t mounts_left(const Event& event) {
  return *event.details.get<std::uint32_t>(key::kMounts);
}

// M1.
TEST(MountDifferences, TellWhatIsNew) {
  EXPECT_THAT(told(differences(KernelState(), {mount_at(1, kDisk, "/a")})), ElementsAre("mount 1"));
}

// M1.
TEST(MountDifferences, TellWhatIsGone) {
  EXPECT_THAT(told(differences(state_of({mount_at(1, kDisk, "/a")}), {})), ElementsAre("umount 1"));
}

TEST(MountDifferences, TellNothingWhereNothingHappened) {
  const std::vector<Mount> mounts = {mount_at(1, kDisk, "/a"), mount_at(2, kPool, "/b")};
  EXPECT_THAT(differences(state_of(mounts), mounts), IsEmpty());
}

// M1: an id that was used again.
TEST(MountDifferences, TellAMountThatTookTheIdOfAnother) {
  const Mount before = mount_at(1, kDisk, "/a");
  const auto other_device = mount_at(1, kOther, "/a");
  auto other_root = before;
  other_root.root = "/home";
  auto other_type = before;
  other_type.file_system = "xfs";
  for (const Mount& after : {other_device, other_root, other_type}) {
    EXPECT_THAT(told(differences(state_of({before}), {after})), ElementsAre("umount 1", "mount 1"));
  }
}

// M1.
TEST(MountDifferences, TakeTheLastOfTwoMountsWithOneId) {
  const auto events =
      differences(KernelState(), {mount_at(1, kDisk, "/a"), mount_at(1, kDisk, "/b")});
  ASSERT_THAT(told(events), ElementsAre("mount 1"));
  EXPECT_EQ(events[0].details.text_bytes(key::kMountPoint), "/b");
}

// M1: libmount would take these for one mount.
TEST(MountDifferences, TellASecondMountOfADeviceAtOnePlace) {
  const auto first = mount_at(1, kDisk, "/a");
  EXPECT_THAT(told(differences(state_of({first}), {first, mount_at(2, kDisk, "/a")})),
              ElementsAre("mount 2"));
}

// M2.
TEST(MountDifferences, TellAMoveAsRemountWithTheOldPlace) {
  const auto events =
      differences(state_of({mount_at(1, kDisk, "/a\n")}), {mount_at(1, kDisk, "/b")});
  ASSERT_THAT(told(events), ElementsAre("remount 1"));
  EXPECT_EQ(events[0].details.text_bytes(key::kMountPoint), "/b");
  EXPECT_EQ(events[0].details.text_bytes(key::kOldMountPoint), "/a\n");
}

// M2.
TEST(MountDifferences, TellOtherOptionsAsRemount) {
  const auto events =
      differences(state_of({mount_at(1, kDisk, "/a", "rw")}), {mount_at(1, kDisk, "/a", "ro")});
  ASSERT_THAT(told(events), ElementsAre("remount 1"));
  EXPECT_EQ(events[0].details.text_bytes(key::kOptions), "ro");
  EXPECT_EQ(events[0].details.find(key::kOldMountPoint), nullptr);
}

// M2.
TEST(MountDifferences, TellAMoveWithOtherOptionsOnce) {
  EXPECT_THAT(told(differences(state_of({mount_at(1, kDisk, "/a", "rw")}),
                               {mount_at(1, kDisk, "/b", "ro")})),
              ElementsAre("remount 1"));
}

// M2.
TEST(MountDifferences, TellNothingOfAnotherSource) {
  auto after = mount_at(1, kDisk, "/a");
  after.source = "/dev/y";
  EXPECT_THAT(differences(state_of({mount_at(1, kDisk, "/a")}), {after}), IsEmpty());
}

// M3.
TEST(MountDifferences, TellUmountsThenRemountsThenMountsEachById) {
  const auto known = state_of({mount_at(2, kDisk, "/2"), mount_at(4, kDisk, "/4"),
                               mount_at(6, kDisk, "/6"), mount_at(8, kDisk, "/8")});
  const auto events = differences(known, {mount_at(9, kDisk, "/9"), mount_at(8, kDisk, "/new8"),
                                          mount_at(4, kDisk, "/new4"), mount_at(1, kDisk, "/1")});
  EXPECT_THAT(told(events),
              ElementsAre("umount 2", "umount 6", "remount 4", "remount 8", "mount 1", "mount 9"));
}

// M4.
TEST(MountDifferences, CountTheMountPointsOfEachDevice) {
  const auto known =
      state_of({mount_at(1, kDisk, "/1"), mount_at(2, kDisk, "/2"), mount_at(3, kOther, "/3")});
  const auto events = differences(
      known, {mount_at(2, kDisk, "/moved"), mount_at(4, kDisk, "/4"), mount_at(5, kDisk, "/5")});
  ASSERT_THAT(told(events), ElementsAre("umount 1", "umount 3", "remount 2", "mount 4", "mount 5"));
  std::vector<std::uint32_t> counts;
  std::transform(events.begin(), events.end(), std::back_inserter(counts), mounts_left);
  EXPECT_THAT(counts, ElementsAre(1U, 0U, 1U, 2U, 3U));
}

// M5.
TEST(MountDifferences, TellEachObjectOfTheFilesystem) {
  const auto mounted = differences(KernelState(), {mount_at(1, kPool, "/a")});
  ASSERT_THAT(told(mounted), ElementsAre("mount 1", "mount 1"));
  EXPECT_EQ(mounted[0].object, "/devices/pool0");
  EXPECT_EQ(mounted[1].object, "/devices/pool1");
  EXPECT_EQ(mounted[0].details, mounted[1].details);
}

// M5: who spoke for the mount goes on to speak for it.
TEST(MountDifferences, AskForTheObjectsOfANewMountOnly) {
  const auto known = state_of({mount_at(1, kPool, "/a"), mount_at(2, kPool, "/b")});
  const auto never = [](const Mount&) -> std::vector<std::string> {
    ADD_FAILURE() << "asked";
    return {};
  };
  const auto events = mount_differences(known, {mount_at(2, kPool, "/c")}, never, false, 0);
  ASSERT_THAT(told(events), ElementsAre("umount 1", "umount 1", "remount 2", "remount 2"));
  EXPECT_EQ(events[1].object, "/devices/pool1");
  EXPECT_EQ(events[3].object, "/devices/pool1");
}

// M5.
TEST(MountDifferences, LetTheTypeSpeakWhereNoObjectIsKnown) {
  const auto object_of = [](const std::string& type) {
    Mount mount = mount_at(1, kDisk, "/a");
    mount.file_system = type;
    const auto nobody = [](const Mount&) { return std::vector<std::string>(); };
    return mount_differences(KernelState(), {mount}, nobody, false, 0).at(0).object;
  };
  EXPECT_EQ(object_of("tmpfs"), "/fs/tmpfs");
  EXPECT_EQ(object_of("fuse.a b"), "/fs/fuse.a b");
  for (const std::string odd : {"", "..", "a//b", "a/"}) EXPECT_EQ(object_of(odd), "/fs") << odd;
}

// M6.
TEST(MountDifferences, HaveThePriorityOfTheirSignal) {
  const auto events = differences(state_of({mount_at(1, kDisk, "/1"), mount_at(2, kDisk, "/2")}),
                                  {mount_at(2, kDisk, "/moved"), mount_at(3, kDisk, "/3")});
  ASSERT_THAT(told(events), ElementsAre("umount 1", "remount 2", "mount 3"));
  EXPECT_EQ(events[0].priority, 5);
  EXPECT_EQ(events[1].priority, 7);
  EXPECT_EQ(events[2].priority, 5);
}

TEST(MountDifferences, AreWholeEvents) {
  Event expected;
  expected.time_us = 17;
  expected.group = event::Group::kFs;
  expected.priority = 5;
  expected.object = "/devices/block1";
  expected.signal = "mount";
  expected.details.set(key::kSource, std::string("mount"));
  event::set_mount_details(expected.details, mount_at(1, kDisk, "/a"));
  expected.details.set(key::kMounts, std::uint32_t{1});
  EXPECT_THAT(differences(KernelState(), {mount_at(1, kDisk, "/a")}), ElementsAre(expected));
}

TEST(MountDifferences, SaySynthesizedOnlyWhereTheyAre) {
  const std::vector<Mount> table = {mount_at(1, kDisk, "/a")};
  const auto says = [&](bool synthesized) {
    const auto events = mount_differences(KernelState(), table, objects_of, synthesized, 0);
    const auto* value = events.at(0).details.get<bool>(key::kSynthesized);
    return value == nullptr ? std::nullopt : std::optional(*value);
  };
  EXPECT_EQ(says(true), true);
  EXPECT_EQ(says(false), std::nullopt);
}

// A table as a machine in some trouble could have it: few ids, places and devices, so that all
// cases of M1 to M5 come together often.
std::vector<Mount> random_table(std::mt19937& random) {
  const auto below = [&](unsigned limit) { return static_cast<std::uint32_t>(random() % limit); };
  std::vector<Mount> mounts;
  for (std::uint64_t id = 0; id < 12; ++id) {
    if (below(3) == 0) continue;
    const DeviceNumber device = below(4) == 0 ? kPool : DeviceNumber{8, below(3)};
    Mount mount = mount_at(id, device, "/" + std::to_string(below(4)), below(2) ? "rw" : "ro");
    if (below(8) == 0) mount.root = "/\xff";
    mounts.push_back(mount);
  }
  std::shuffle(mounts.begin(), mounts.end(), random);
  return mounts;
}

KernelState::Mounts with_objects(const std::vector<Mount>& mounts) {
  KernelState::Mounts by_id;
  for (Mount mount : mounts) {
    mount.objects = objects_of(mount);
    by_id[mount.id] = mount;
  }
  return by_id;
}

// The property that mending after loss rests on.
TEST(MountDifferences, LeadFromTheKnownStateToTheFoundOne) {
  std::mt19937 random(2004);
  KernelState state;
  for (int step = 0; step < 400; ++step) {
    const auto found = random_table(random);
    for (const Event& event : differences(state, found)) state.apply(event);
    ASSERT_EQ(state.mounts(), with_objects(found)) << "step " << step;
  }
}

// M4 on the same walk: after each event the count is that of the state.
TEST(MountDifferences, CountAsTheStateDoesAfterEachEvent) {
  std::mt19937 random(2007);
  KernelState state;
  for (int step = 0; step < 400; ++step) {
    for (const Event& event : differences(state, random_table(random))) {
      state.apply(event);
      const auto device = *event.details.get<DeviceNumber>(key::kDeviceNumber);
      ASSERT_EQ(mounts_left(event), state.mount_count(device)) << "step " << step;
    }
  }
}

// One mount at a time, as fanotify tells them: the same rules.
TEST(MountFound, TellsANewMount) {
  const auto events =
      mount_found(state_of({mount_at(1, kDisk, "/a")}), mount_at(2, kDisk, "/b"), objects_of, 17);
  ASSERT_THAT(told(events), ElementsAre("mount 2"));
  EXPECT_EQ(mounts_left(events[0]), 2U);
  EXPECT_EQ(events[0].time_us, 17U);
}

TEST(MountFound, TellsWhereAKnownMountDiffers) {
  const KernelState state = state_of({mount_at(1, kDisk, "/a"), mount_at(2, kDisk, "/b")});
  EXPECT_THAT(told(mount_found(state, mount_at(1, kDisk, "/a", "ro"), objects_of, 0)),
              ElementsAre("remount 1"));
  EXPECT_THAT(mount_found(state, mount_at(1, kDisk, "/a"), objects_of, 0), IsEmpty());
}

TEST(MountGone, TellsTheEndOfAKnownMount) {
  const KernelState state = state_of({mount_at(1, kDisk, "/a"), mount_at(2, kDisk, "/b")});
  const auto events = mount_gone(state, 1, 17);
  ASSERT_THAT(told(events), ElementsAre("umount 1"));
  EXPECT_EQ(mounts_left(events[0]), 1U);
  EXPECT_THAT(mount_gone(state, 3, 17), IsEmpty());
}

// M7.
TEST(MountFound, TellsAMountThatNobodyHasSeenByItsIdAlone) {
  Mount unseen;
  unseen.id = 7;
  KernelState state;
  const auto came = mount_found(state, unseen, objects_of, 0);
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(came[0].object, "/fs");
  EXPECT_EQ(came[0].details.entries().size(), 3U);
  state.apply(came[0]);
  const auto went = mount_gone(state, 7, 0);
  ASSERT_EQ(went.size(), 1U);
  EXPECT_EQ(went[0].object, "/fs");
  EXPECT_EQ(went[0].details, came[0].details);
}

TEST(MountDifferences, LeadToARecordedTableAndBack) {
  const auto table = parse_mount_table(read_data("loop-and-bind.mountinfo"));
  KernelState state = state_of(table.mounts);
  EXPECT_EQ(state.mounts(), with_objects(table.mounts));
  for (const Event& event : differences(state, {})) state.apply(event);
  EXPECT_THAT(state.mounts(), IsEmpty());
}

}  // namespace
}  // namespace kevent::decode

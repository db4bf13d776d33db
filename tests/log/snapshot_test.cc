// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/snapshot.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "tests/log/fixture.h"

namespace kevent::log {
namespace {

constexpr char kId[] = "0123456789abcdef0123456789abcdef";

TEST(Snapshot, BringsBackTheState) {
  event::KernelState state = story_state(500);
  state.set_uevent_seqnum(12345);
  state.set_kernel_sequence(678);
  state.set_kernel_boot_id({std::byte{1}, std::byte{2}});
  state.set_kernel_missed(true);
  ASSERT_FALSE(state.devices().empty());
  ASSERT_FALSE(state.mounts().empty());
  ASSERT_FALSE(state.overheating().empty());
  const auto snapshot = decode_snapshot(encode_snapshot(kId, 500, state));
  ASSERT_TRUE(snapshot);
  expect_equal(snapshot->state, state);
}

TEST(Snapshot, SaysWhereItBelongs) {
  const auto snapshot = decode_snapshot(encode_snapshot(kId, UINT64_MAX, {}));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->log_id, kId);
  EXPECT_EQ(snapshot->sequence, UINT64_MAX);
}

TEST(Snapshot, BringsBackAllObjectsOfAMountInTheirOrder) {
  event::Mount mount{7, {0, 40}, "/", "/mnt", "btrfs", "/dev/a", "rw", {}};
  event::KernelState state;
  for (const char* object : {"/devices/b", "/devices/a", "/devices/c"}) {
    event::Event event;
    event.group = event::Group::kFs;
    event.signal = "mount";
    event.object = object;
    event::set_mount_details(event.details, mount);
    state.apply(event);
  }
  const auto snapshot = decode_snapshot(encode_snapshot(kId, 1, state));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->state.mounts(), state.mounts());
}

TEST(Snapshot, BringsBackThatTheSizeOfAMediumIsUnknown) {
  event::KernelState state;
  for (const char* object : {"/devices/sr0", "/devices/sr1"}) {
    event::Event added;
    added.group = event::Group::kHotplug;
    added.signal = "add";
    added.object = object;
    event::set_device_details(added.details, {"block", "disk", "", {11, 0}, 2048});
    state.apply(added);
  }
  event::Event change;
  change.group = event::Group::kStorage;
  change.signal = "media_change";
  change.object = "/devices/sr1";
  state.apply(change);
  const auto snapshot = decode_snapshot(encode_snapshot(kId, 1, state));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->state.devices().at("/devices/sr0").size, 2048U);
  EXPECT_EQ(snapshot->state.devices().at("/devices/sr1").size, std::nullopt);
}

TEST(Snapshot, IsRefusedWithAnyDamagedByte) {
  const std::string bytes = encode_snapshot(kId, 500, story_state(60));
  for (std::size_t offset = 0; offset < bytes.size(); ++offset) {
    std::string damaged = bytes;
    damaged[offset] ^= 4;
    ASSERT_FALSE(decode_snapshot(damaged)) << offset;
  }
}

TEST(Snapshot, IsRefusedWhenCutAnywhere) {
  const std::string bytes = encode_snapshot(kId, 500, story_state(60));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    ASSERT_FALSE(decode_snapshot(bytes.substr(0, length))) << length;
  }
}

TEST(Snapshot, IsRefusedWithAnythingBehindIt) {
  EXPECT_FALSE(decode_snapshot(encode_snapshot(kId, 0, {}) + '\0'));
}

}  // namespace
}  // namespace kevent::log

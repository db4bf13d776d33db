// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-automount with a real udisks2: what is mounted, how, and what not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include <array>
#include <fstream>

#include "tests/automount/desk.h"
#include "tests/support/tape.h"
#include "tests/support/uevents.h"

namespace kevent::automount {
namespace {

using support::LoopDevice;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class KeventAutomount : public DeskTest {};

bool is_read_only(const std::string& mount_point) {
  struct statvfs status {};
  return ::statvfs(mount_point.c_str(), &status) == 0 && (status.f_flag & ST_RDONLY) != 0;
}

TEST_F(KeventAutomount, HasWhatIsAttachedMountedAndTellsIt) {
  Desk desk;
  desk.start();
  const LoopDevice device(desk.image("stick", "my stick"));
  const nlohmann::json told = desk.notice("mounted", device.node());
  ASSERT_TRUE(told.is_object()) << desk.automount->error_output();
  EXPECT_EQ(told["label"], "my stick");
  EXPECT_EQ(told["object"], support::UdisksStack::object_of(device));
  EXPECT_EQ(told["mount_point"], "/media/root/my stick");
}

TEST_F(KeventAutomount, IsSeenToMountByKeventd) {
  Desk desk;
  desk.start();
  support::Tape tape(desk.stack.bus_address());
  const LoopDevice device(desk.image("stick", "stick"));
  const auto* heard =
      tape.wait_for({.path = device.object(), .interface = "Fs", .member = "mount"});
  ASSERT_NE(heard, nullptr);
  EXPECT_EQ(heard->detail("MountPoint"), support::variant("s", "/media/root/stick"));
}

TEST_F(KeventAutomount, TakesWhatIsThereAtItsStart) {
  Desk desk;
  const LoopDevice device(desk.image("stick", "stick"));
  desk.start();
  EXPECT_TRUE(desk.notice("mounted", device.node()).is_object());
}

TEST_F(KeventAutomount, LeavesUnmountedWhatAPersonUnmounted) {
  Desk desk;
  desk.start();
  const LoopDevice device(desk.image("stick", "stick"));
  const nlohmann::json told = desk.notice("mounted", device.node());
  ASSERT_TRUE(told.is_object());
  ASSERT_EQ(::umount(told["mount_point"].get<std::string>().c_str()), 0);
  ASSERT_TRUE(desk.notice("unmounted", device.node()).is_object());
  support::trigger_uevents(device.kernel_path(), 1);
  desk.settle();
  EXPECT_EQ(desk.count("mounted", device.node()), 1);
}

TEST_F(KeventAutomount, HasTheNextMediumInTheSameDeviceMounted) {
  Desk desk;
  desk.start();
  const std::string image = desk.image("stick", "stick");
  const auto mounts_it = [&](std::ptrdiff_t times) {
    const LoopDevice device(image);
    const bool mounted = Desk::comes_true([&] { return desk.count("mounted") == times; });
    ::umount("/media/root/stick");
    return mounted && Desk::comes_true([&] { return desk.count("unmounted") == times; });
  };
  ASSERT_TRUE(mounts_it(1));
  EXPECT_TRUE(mounts_it(2));
}

TEST_F(KeventAutomount, HasItMountedReadOnlyWhereARuleSaysSo) {
  Desk desk;
  desk.start("[sticks]\nLabel=stick\nAction=read-only\n");
  const LoopDevice device(desk.image("stick", "stick"));
  const nlohmann::json told = desk.notice("mounted", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_TRUE(is_read_only(told["mount_point"]));
  EXPECT_THAT(told["reason"], HasSubstr("[sticks]"));
}

TEST_F(KeventAutomount, DoesNotMountReadOnlyWithoutARule) {
  Desk desk;
  desk.start("[sticks]\nLabel=another\nAction=read-only\n");
  const LoopDevice device(desk.image("stick", "stick"));
  const nlohmann::json told = desk.notice("mounted", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_FALSE(is_read_only(told["mount_point"]));
}

TEST_F(KeventAutomount, IgnoresWhatARuleSays) {
  Desk desk;
  desk.start("[mine]\nLabel=stick\nAction=ignore\n");
  const LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(desk.notice("ignored", device.node()).is_object());
  desk.settle();
  EXPECT_EQ(desk.count("mounted", device.node()), 0);
}

// The first bytes of a LUKS header are enough for blkid and udisks2.
TEST_F(KeventAutomount, TellsALockedDevice) {
  Desk desk;
  desk.start();
  const std::string image = desk.stack.images() / "locked";
  support::make_image(image, 8U << 20U);
  std::array<char, 592> header{};
  std::string("LUKS\xba\xbe\0\1", 8).copy(header.data(), 8);
  std::string("2a7b0d6c-6f6d-4b57-9f43-0f8b0f3f6c11").copy(header.data() + 168, 40);
  std::fstream(image, std::ios::in | std::ios::out).write(header.data(), header.size());
  const LoopDevice device(image);
  const nlohmann::json told = desk.notice("locked", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_EQ(told["uuid"], "2a7b0d6c-6f6d-4b57-9f43-0f8b0f3f6c11");
}

// Markup, an override of the direction of writing, ESC, and a byte that is no UTF-8.
constexpr char kHostileLabel[] = "<b>\xe2\x80\xae\x1b[1m\xff";

TEST_F(KeventAutomount, PrintsAHostileLabelSafely) {
  Desk desk;
  desk.start_keventd();
  const LoopDevice device(desk.image("stick", kHostileLabel));
  desk.start_unready({}, {}, false);
  ASSERT_TRUE(Desk::comes_true([&] {
    return desk.automount->output().find(device.node() + " ") != std::string::npos;
  })) << desk.automount->output();
  const std::string said = desk.automount->output();
  EXPECT_THAT(said, HasSubstr("<b>"));
  EXPECT_THAT(said, HasSubstr("mounted"));
  for (const char* raw : {"\xe2\x80\xae", "\x1b", "\xff"}) EXPECT_THAT(said, Not(HasSubstr(raw)));
}

TEST_F(KeventAutomount, PutsAHostileLabelIntoAsciiJson) {
  Desk desk;
  desk.start();
  const LoopDevice device(desk.image("stick", kHostileLabel));
  const nlohmann::json told = desk.notice("mounted", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_THAT(told["label"].get<std::string>(), HasSubstr("<b>\xe2\x80\xae"));
  for (const char c : desk.automount->output()) {
    ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << desk.automount->output();
  }
}

TEST_F(KeventAutomount, EndsBySigtermWithZero) {
  Desk desk;
  desk.start();
  desk.automount->signal(SIGTERM);
  EXPECT_EQ(desk.automount->wait(), 0);
}

}  // namespace
}  // namespace kevent::automount

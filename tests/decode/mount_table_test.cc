// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/mount_table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/decode/data.h"

namespace kevent::decode {
namespace {

using event::Mount;

const std::string kLine =
    "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root1 rw,data=x\n";

Mount only_mount(const std::string& line) {
  const auto table = parse_mount_table(line);
  EXPECT_EQ(table.rejected, 0U) << line;
  return table.mounts.at(0);
}

TEST(MountTable, HasEachFieldOfALine) {
  EXPECT_EQ(only_mount(kLine),
            (Mount{36, {98, 0}, "/mnt1", "/mnt2", "ext3", "/dev/root1", "rw,noatime,data=x", {}}));
}

TEST(MountTable, IsEmptyWithoutLines) {
  for (const std::string text : {"", "\n", "\n\n"}) {
    const auto table = parse_mount_table(text);
    EXPECT_TRUE(table.mounts.empty());
    EXPECT_EQ(table.rejected, 0U);
  }
}

TEST(MountTable, MayLackTheLastNewline) {
  EXPECT_EQ(only_mount(kLine.substr(0, kLine.size() - 1)), only_mount(kLine));
}

TEST(MountTable, UndoesTheEscapesOfTheKernel) {
  const auto mount =
      only_mount("1 2 0:40 /a\\040b /t\\011n\\012b\\134h\\043 rw - fuse.x\\040y \\043src rw\n");
  EXPECT_EQ(mount.root, "/a b");
  EXPECT_EQ(mount.mount_point, "/t\tn\nb\\h#");
  EXPECT_EQ(mount.file_system, "fuse.x y");
  EXPECT_EQ(mount.source, "#src");
}

TEST(MountTable, MergesBothKindsOfOptions) {
  EXPECT_EQ(only_mount("1 2 0:40 / /a ro,noatime - ext4 x rw,discard\n").options,
            "ro,noatime,discard");
}

TEST(MountTable, PassesOverALineThatIsNoMount) {
  for (const std::string bad :
       {"# comment", "a b", "1", "1 2", "1 2 3", "1 2 8:1", "1 2 8:1 /", "1 2 8:1 / /a",
        "1 2 8:1 / /a rw", "1 2 8:1 / /a rw -", "1 2 8:1 / /a rw - ext4",
        "-1 2 8:1 / /a rw - t s rw", "1 2 8:1 / /a rw - ext4 /dev/sda1", "/dev/sda1 / ext4 rw 0 0",
        "Filename\tType"}) {
    for (const auto& text : {bad + "\n" + kLine, kLine + bad + "\n", kLine + bad}) {
      const auto table = parse_mount_table(text);
      EXPECT_EQ(table.rejected, 1U) << text;
      ASSERT_EQ(table.mounts.size(), 1U) << text;
      EXPECT_EQ(table.mounts.front().id, 36U) << text;
    }
  }
}

TEST(MountTable, PassesOverALineWithNul) {
  std::string bad = kLine;
  bad[bad.size() - 3] = '\0';
  const std::string cut = bad.substr(0, bad.size() - 1);
  const auto table = parse_mount_table(bad + kLine + cut);
  EXPECT_EQ(table.mounts.size(), 1U);
  EXPECT_EQ(table.rejected, 2U);
}

TEST(MountTable, TakesFieldsOfAnyLength) {
  const std::string place = "/" + std::string(64 << 10, 'x');
  const auto mount = only_mount("1 2 0:40 / " + place + " rw - tmpfs " + place + " rw,a=" + place);
  EXPECT_EQ(mount.mount_point, place);
  EXPECT_EQ(mount.source, place);
  EXPECT_EQ(mount.options, "rw,a=" + place);
}

TEST(MountTable, KeepsTheWholeRangeOfDeviceNumbers) {
  EXPECT_EQ(only_mount("1 2 4095:1048575 / /a rw - ext4 x rw\n").device,
            (event::DeviceNumber{4095, 1048575}));
}

// A removed directory stays mounted where it was bound to.
TEST(MountTable, ForgetsThatTheRootWasRemoved) {
  EXPECT_EQ(only_mount("1 2 0:40 /a//deleted /b rw - tmpfs x rw\n").root, "/a");
  EXPECT_EQ(only_mount("1 2 0:40 /deleted /b rw - tmpfs x rw\n").root, "/deleted");
}

TEST(MountTable, KeepsANameThatEndsLikeAComment) {
  EXPECT_EQ(only_mount("1 2 0:40 / /a\\040(deleted) rw - tmpfs x rw\n").mount_point,
            "/a (deleted)");
}

class RecordedMountTable : public testing::Test {
 protected:
  const MountTable table_ = parse_mount_table(read_data("loop-and-bind.mountinfo"));

  const Mount& with_id(std::uint64_t id) const {
    return *std::find_if(table_.mounts.begin(), table_.mounts.end(),
                         [&](const Mount& mount) { return mount.id == id; });
  }
};

TEST_F(RecordedMountTable, IsReadWhole) {
  EXPECT_EQ(table_.mounts.size(), 30U);
  EXPECT_EQ(table_.rejected, 0U);
}

TEST_F(RecordedMountTable, HasTheLoopDevice) {
  EXPECT_EQ(
      with_id(64),
      (Mount{
          64, {7, 0}, "/", "/mnt/usb", "ext4", "/dev/loop0", "rw,noatime,errors=remount-ro", {}}));
}

TEST_F(RecordedMountTable, HasTheReadOnlyBindOfIt) {
  EXPECT_EQ(with_id(73).device, with_id(64).device);
  EXPECT_EQ(with_id(73).options, "ro,noatime,errors=remount-ro");
}

TEST_F(RecordedMountTable, HasTheOddNames) {
  EXPECT_EQ(with_id(65).source, "#odd name");
  EXPECT_EQ(with_id(66).source, "");
  EXPECT_EQ(with_id(74).mount_point, "/mnt/tab\tnewline\nbackslash\\");
}

TEST_F(RecordedMountTable, HasTheRemovedDirectory) {
  EXPECT_EQ(with_id(70).root, "/src");
}

}  // namespace
}  // namespace kevent::decode

// SPDX-License-Identifier: LGPL-2.1-or-later
// Answers of statmount(2), rules C1 to C3. That they say what mountinfo says is tested on the
// machine's own mounts, in tests/source.
#include "service/decode/statmount.h"

#include <gtest/gtest.h>
#include <linux/mount.h>

#include "tests/decode/statmount_answer.h"

namespace kevent::decode {
namespace {

TEST(Statmount, HasEachField) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.device_major = 8;
  answer.header.mask |= statmount_mask::kSource;
  answer.header.source_text = answer.text("/dev/sda1");
  const auto mount = parse_statmount(answer.bytes());
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->id, 2'147'558'509U);
  EXPECT_EQ(mount->device, (event::DeviceNumber{8, 39}));
  EXPECT_EQ(mount->root, "/");
  EXPECT_EQ(mount->mount_point, "/place");
  EXPECT_EQ(mount->file_system, "tmpfs");
  EXPECT_EQ(mount->source, "/dev/sda1");
}

TEST(Statmount, JoinsTypeAndSubtype) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.type_text = answer.text("fuse");
  answer.header.mask |= statmount_mask::kSubtype;
  answer.header.subtype_text = answer.text("sshfs");
  EXPECT_EQ(parse_statmount(answer.bytes())->file_system, "fuse.sshfs");
}

TEST(Statmount, ForgetsThatTheRootWasRemoved) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.root_text = answer.text("/gone//deleted");
  EXPECT_EQ(parse_statmount(answer.bytes())->root, "/gone");
}

// C1.
TEST(Statmount, HasTheOptionsOfTheMountBeforeThoseOfTheFileSystem) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.attributes = MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID;
  answer.header.file_system_flags = MS_SYNCHRONOUS;
  answer.header.mask |= statmount_mask::kOptions;
  answer.header.options_text = answer.text("size=1024k");
  EXPECT_EQ(parse_statmount(answer.bytes())->options, "rw,nosuid,nodev,relatime,sync,size=1024k");
}

// C1.
TEST(Statmount, IsReadOnlyWhereTheMountOrTheFileSystemIs) {
  StatmountAnswer of_mount = tmpfs_answer();
  of_mount.header.attributes = MOUNT_ATTR_RDONLY;
  EXPECT_EQ(parse_statmount(of_mount.bytes())->options, "ro,relatime");
  StatmountAnswer of_file_system = tmpfs_answer();
  of_file_system.header.file_system_flags = MS_RDONLY;
  EXPECT_EQ(parse_statmount(of_file_system.bytes())->options, "ro,relatime");
}

// C1: strictatime is the word for none, in mountinfo.
TEST(Statmount, NamesOneKindOfAccessTimeAtMost) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.attributes = MOUNT_ATTR_NOATIME;
  EXPECT_EQ(parse_statmount(answer.bytes())->options, "rw,noatime");
  answer.header.attributes = MOUNT_ATTR_STRICTATIME;
  EXPECT_EQ(parse_statmount(answer.bytes())->options, "rw");
}

// C2.
TEST(Statmount, CallsAMissingSourceNone) {
  EXPECT_EQ(parse_statmount(tmpfs_answer().bytes())->source, "none");
}

// C2.
TEST(Statmount, TakesNoStringForWhichTheMaskHasNoBit) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.options_text = answer.text("not=asked");
  EXPECT_EQ(parse_statmount(answer.bytes())->options, "rw,relatime");
}

// C3.
TEST(Statmount, UndoesTheEscapesOfOptions) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.mask |= statmount_mask::kOptions;
  answer.header.options_text = answer.text("lowerdir=/l\\134\\054o\\040w,x=\\08\\7");
  EXPECT_EQ(parse_statmount(answer.bytes())->options, "rw,relatime,lowerdir=/l\\,o w,x=\\08\\7");
}

// Only options are escaped there.
TEST(Statmount, LeavesOtherStringsAsTheyAre) {
  StatmountAnswer answer = tmpfs_answer();
  answer.header.mount_point_text = answer.text("/literal\\040");
  EXPECT_EQ(parse_statmount(answer.bytes())->mount_point, "/literal\\040");
}

TEST(Statmount, IsNoneWhereAnswersAreBroken) {
  const std::string whole = tmpfs_answer().bytes();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(parse_statmount(whole.substr(0, length))) << length;
  }
  StatmountAnswer without_place = tmpfs_answer();
  without_place.header.mask &= ~statmount_mask::kMountPoint;
  EXPECT_FALSE(parse_statmount(without_place.bytes()));
  StatmountAnswer beyond_the_end = tmpfs_answer();
  beyond_the_end.header.root_text = 10'000;
  EXPECT_FALSE(parse_statmount(beyond_the_end.bytes()));
  StatmountAnswer without_type = tmpfs_answer();
  without_type.header.type_text = 0;
  EXPECT_FALSE(parse_statmount(without_type.bytes()));
}

}  // namespace
}  // namespace kevent::decode

// SPDX-License-Identifier: LGPL-2.1-or-later
// Mounts that have no block device, or several, and mount points with any bytes in their names.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/system/mount_way.h"

namespace kevent::system {
namespace {

using support::Heard;
using support::Json;
using support::LoopDevice;
using support::Mounted;
using support::variant;
using support::with_text;

constexpr const char* kTmpfs = "/org/kernel/fs/tmpfs";
constexpr std::uint64_t kBtrfsSize = 256 << 20;

class FileSystems : public MountWayTest {};

TEST_P(FileSystems, WithoutADeviceSpeakAsTheirType) {
  Service& service = *service_;
  const Mounted mounted("none", service.directory / "place", "tmpfs");
  service.settle();
  const auto heard =
      service.tape.all({.also = with_text("MountPoint", service.directory / "place")});
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].path, kTmpfs);
  EXPECT_EQ(heard[0].member, "mount");
  EXPECT_EQ(heard[0].detail("FileSystem"), variant("s", "tmpfs"));
  EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 1));
}

bool kernel_has(const std::string& type) {
  std::ifstream types("/proc/filesystems");
  for (std::string word; types >> word;) {
    if (word == type) {
      return true;
    }
  }
  return false;
}

TEST_P(FileSystems, OnTwoDevicesSpeakOnEach) {
  if (!kernel_has("btrfs") || !support::have_program("mkfs.btrfs")) {
    GTEST_SKIP() << "needs btrfs in the kernel, and mkfs.btrfs (btrfs-progs)";
  }
  Service& service = *service_;
  support::make_image(service.directory / "one", kBtrfsSize);
  support::make_image(service.directory / "two", kBtrfsSize);
  const LoopDevice one(service.directory / "one");
  const LoopDevice two(service.directory / "two");
  support::run_or_fail({"mkfs.btrfs", "-q", "-f", "-m", "raid1", one.node(), two.node()});
  Mounted mounted(one.node(), service.directory / "place", "btrfs", 0, "device=" + two.node());
  service.settle();
  mounted.unmount();
  service.settle();
  for (const LoopDevice* member : {&one, &two}) {
    const auto heard = service.tape.all({.path = member->object(), .interface = "Fs"});
    ASSERT_EQ(heard.size(), 2U) << member->name();
    EXPECT_EQ(heard[0].member, "mount");
    EXPECT_EQ(heard[0].detail("FileSystem"), variant("s", "btrfs"));
    EXPECT_EQ(heard[0].detail("Mounts"), variant("u", 1));
    EXPECT_EQ(heard[1].member, "umount");
    EXPECT_EQ(heard[1].detail("Mounts"), variant("u", 0));
  }
}

struct Name {
  std::string bytes;
  std::string text;
};

class MountPointNames : public MountWayTest {};

Json bytes_of(const std::string& text) {
  Json result = Json::array();
  for (const char c : text) {
    result.push_back(static_cast<unsigned char>(c));
  }
  return result;
}

TEST_P(MountPointNames, AreCleanTextWithTheBytesBeside) {
  const std::vector<Name> names = {
      {"with space", "with space"},
      {"new\nline", "new\\x0aline"},
      {"tab\there", "tab\\x09here"},
      {"escape\x1b[31m", "escape\\x1b[31m"},
      {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
      {"\xff\xfe", "\\xff\\xfe"},
      {"c1\xc2\x9b", "c1\\xc2\\x9b"},
      {"literal\\040", "literal\\040"},
      {"#hash\"quote'", "#hash\"quote'"},
  };
  // All stay: the mount table would show one that takes the id of another as a move.
  std::vector<std::unique_ptr<Mounted>> mounted;
  for (const Name& name : names) {
    SCOPED_TRACE(name.text);
    const std::string place = service_->directory / name.bytes;
    const std::string text = service_->directory / name.text;
    mounted.push_back(std::make_unique<Mounted>("none", place, "tmpfs"));
    const Heard& heard =
        service_->hear({.path = kTmpfs, .member = "mount", .also = with_text("MountPoint", text)});
    EXPECT_EQ(heard.detail("MountPointBytes"),
              place == text ? Json() : variant("ay", bytes_of(place)));
  }
}

INSTANTIATE_TEST_SUITE_P(HeardBy, FileSystems,
                         ::testing::Values(MountWay::kFanotify, MountWay::kMountinfo),
                         mount_way_name);
INSTANTIATE_TEST_SUITE_P(HeardBy, MountPointNames,
                         ::testing::Values(MountWay::kFanotify, MountWay::kMountinfo),
                         mount_way_name);

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// statmount(2) and listmount(2) on real mounts: they say what the mount table says.
#include "service/source/mount_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "lib/base/files.h"
#include "service/decode/mount_table.h"
#include "tests/support/mounted.h"
#include "tests/support/temporary_directory.h"

namespace kevent::source {
namespace {

using event::Mount;
using support::Mounted;

// Sorted, without the ids, which the two give in different ways.
std::vector<Mount> without_ids(std::vector<Mount> mounts) {
  for (Mount& mount : mounts) mount.id = 0;
  std::ranges::sort(mounts, {}, [](const Mount& mount) {
    return std::tuple(mount.mount_point, mount.device.minor, mount.options);
  });
  return mounts;
}

class MountCallsOfRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root: to mount";
    if (const auto mounts = calls_.list(); !mounts) GTEST_SKIP() << mounts.error().message();
  }

  std::string folder(const std::string& name) const {
    std::filesystem::create_directory(folder_ / name);
    return folder_ / name;
  }

  support::TemporaryDirectory folder_;
  MountCalls calls_;
};

TEST_F(MountCallsOfRoot, SayWhatTheMountTableSays) {
  const Mounted plain("none", folder("plain"), "tmpfs", MS_NOSUID | MS_NODEV, "size=1m");
  const Mounted odd("odd source", folder("odd \t\n\\040 name"), "tmpfs",
                    MS_RDONLY | MS_SYNCHRONOUS | MS_NOATIME | MS_NODIRATIME | MS_NOEXEC);
  const Mounted strict("none", folder("strict"), "tmpfs", MS_STRICTATIME | MS_NOSYMFOLLOW);
  const Mounted bound = support::bind_mount(folder("plain"), folder("bound"));
  const Mounted over("over lay", folder("over"), "overlay", 0,
                     "lowerdir=" + folder("l o w") + ":" + folder("plain"));
  const Mounted removed = support::bind_mount(folder("removed"), folder("left"));
  std::filesystem::remove(folder_ / "removed");

  const auto listed = calls_.list();
  const auto table = base::read_file("/proc/self/mountinfo");
  ASSERT_TRUE(listed.ok() && table.ok());
  EXPECT_EQ(without_ids(*listed), without_ids(decode::parse_mount_table(*table).mounts));
}

TEST_F(MountCallsOfRoot, ListMoreMountsThanOneCallGives) {
  std::vector<std::unique_ptr<Mounted>> many;
  for (int i = 0; i < 600; ++i) {
    many.push_back(std::make_unique<Mounted>("none", folder(std::to_string(i)), "tmpfs"));
  }
  const auto listed = calls_.list();
  ASSERT_TRUE(listed.ok());
  EXPECT_EQ(std::ranges::count_if(*listed,
                                  [&](const Mount& mount) {
                                    return mount.mount_point.starts_with(folder_.path().string());
                                  }),
            600);
}

// A path of more than the 4 KiB that are there at first.
TEST_F(MountCallsOfRoot, GrowForALongAnswer) {
  const std::string name(200, 'n');
  std::filesystem::path place = folder("deep");
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(place);
  // Each system call takes at most PATH_MAX bytes, so the way down is taken step by step.
  std::vector<std::unique_ptr<Mounted>> mounted;
  for (int i = 0; i < 25; ++i) {
    std::filesystem::create_directory(name);
    std::filesystem::current_path(name);
    place /= name;
  }
  std::filesystem::create_directory(name);
  ASSERT_EQ(::mount("none", name.c_str(), "tmpfs", 0, nullptr), 0);
  const auto listed = calls_.list();
  EXPECT_EQ(::umount(name.c_str()), 0);
  std::filesystem::current_path(before);
  ASSERT_TRUE(listed.ok());
  EXPECT_EQ(std::ranges::count(*listed, (place / name).string(), &Mount::mount_point), 1);
}

TEST_F(MountCallsOfRoot, SayThatAMountIsGone) {
  const auto listed = calls_.list();
  ASSERT_TRUE(listed.ok());
  std::uint64_t highest = 0;
  for (const Mount& mount : *listed) highest = std::max(highest, mount.id);
  const auto mount = calls_.look_up(highest + 1'000'000);
  ASSERT_FALSE(mount.ok());
  EXPECT_EQ(mount.error().code, ENOENT);
}

}  // namespace
}  // namespace kevent::source

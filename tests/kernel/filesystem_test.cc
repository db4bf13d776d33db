// SPDX-License-Identifier: LGPL-2.1-or-later
// A filesystem on a loop device. The mount table says which mount points come and go, on both
// kernels. The patched kernel says besides when the filesystem claims its device and when it lets
// go of it, everything written: what a mount point that is gone does not mean.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "lib/base/file_descriptor.h"
#include "tests/kernel/scene.h"
#include "tests/support/eventually.h"
#include "tests/support/failure.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/process.h"

namespace kevent::kernel {
namespace {

using support::Heard;
using support::LoopDevice;
using support::Mounted;
using support::with_text;

constexpr std::uint64_t kSize = 8 << 20;

class Filesystem : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
    support::make_image(scene_->directory / "image", kSize);
    loop_.emplace(scene_->directory / "image");
    support::run_or_fail({"mkfs.ext4", "-q", loop_->node()});
    scene_->settle();
    scene_->tape.clear();
  }

  std::unique_ptr<Mounted> mount(const std::string& place, unsigned long flags = 0) {
    return std::make_unique<Mounted>(loop_->node(), scene_->directory / place, "ext4", flags);
  }

  // What the filesystem has said of itself; and the mount points, by the last part of each.
  Lines filesystem() const {
    return scene_->told(
        {.path = loop_->object(), .interface = "Fs", .also = with_text("Scope", "filesystem")},
        {"FileSystem"});
  }
  Lines mount_points() const {
    Lines lines;
    for (const Heard& heard :
         scene_->tape.all({.path = loop_->object(), .also = with_text("Scope", "mount_point")})) {
      const std::filesystem::path place = heard.detail("MountPoint")["data"].get<std::string>();
      lines.push_back(heard.member + " " + place.filename().string() +
                      " Mounts=" + heard.detail("Mounts")["data"].dump());
    }
    return lines;
  }
  // Both, in the order in which they were told.
  Lines all() const {
    return scene_->told({.path = loop_->object(), .interface = "Fs"}, {"Scope"});
  }

  std::optional<Scene> scene_;
  std::optional<LoopDevice> loop_;
};

TEST_F(Filesystem, SaysMountOnceForItselfAndOnceForItsMountPoint) {
  const auto mounted = mount("one");
  scene_->settle();
  EXPECT_EQ(filesystem(), only_patched({"mount/5 FileSystem=ext4"}));
  EXPECT_EQ(mount_points(), Lines({"mount one Mounts=1"}));
}

TEST_F(Filesystem, SaysWhoTellsItAndWhichDeviceItIs) {
  const auto mounted = mount("one");
  scene_->settle();
  const Keys keys = {"Scope", "Source", "DeviceNumber", "DeviceNode", "Text"};
  EXPECT_EQ(scene_->told({.path = loop_->object(), .also = with_text("Scope", "filesystem")}, keys),
            only_patched({"mount/5 Scope=filesystem Source=kernel DeviceNumber=[7,0] "
                          "DeviceNode=/dev/loop0 Text=-"}));
  EXPECT_EQ(
      scene_->told({.path = loop_->object(), .also = with_text("Scope", "mount_point")}, keys),
      Lines({"mount/5 Scope=mount_point Source=mount DeviceNumber=[7,0] "
             "DeviceNode=- Text=-"}));
}

TEST_F(Filesystem, SaysUmountAfterItsMountPointDoes) {
  const auto mounted = mount("one");
  scene_->settle();
  scene_->tape.clear();
  mounted->unmount();
  scene_->settle();
  EXPECT_EQ(mount_points(), Lines({"umount one Mounts=0"}));
  EXPECT_EQ(all(), is_patched() ? Lines({"umount/5 Scope=mount_point", "umount/5 Scope=filesystem"})
                                : Lines({"umount/5 Scope=mount_point"}));
}

TEST_F(Filesystem, SaysNothingOfABindMount) {
  const auto mounted = mount("one");
  scene_->settle();
  scene_->tape.clear();
  Mounted bound = support::bind_mount(scene_->directory / "one", scene_->directory / "two");
  scene_->settle();
  EXPECT_EQ(filesystem(), Lines());
  EXPECT_EQ(mount_points(), Lines({"mount two Mounts=2"}));
}

TEST_F(Filesystem, SaysNothingOfASecondMount) {
  const auto mounted = mount("one");
  scene_->settle();
  scene_->tape.clear();
  const auto again = mount("two");
  scene_->settle();
  EXPECT_EQ(filesystem(), Lines());
  EXPECT_EQ(mount_points(), Lines({"mount two Mounts=2"}));
}

TEST_F(Filesystem, SaysUmountWhenTheLastMountPointIsGone) {
  const auto mounted = mount("one");
  Mounted bound = support::bind_mount(scene_->directory / "one", scene_->directory / "two");
  const auto again = mount("three");
  scene_->settle();
  scene_->tape.clear();
  mounted->unmount();
  again->unmount();
  scene_->settle();
  EXPECT_EQ(filesystem(), Lines());
  bound.unmount();
  scene_->settle();
  EXPECT_EQ(filesystem(), only_patched({"umount/5 FileSystem=ext4"}));
  EXPECT_EQ(mount_points(),
            Lines({"umount one Mounts=2", "umount three Mounts=1", "umount two Mounts=0"}));
  EXPECT_EQ(all().back(),
            is_patched() ? "umount/5 Scope=filesystem" : "umount/5 Scope=mount_point");
}

TEST_F(Filesystem, SaysUmountOnlyWhenTheLastFileIsClosedAfterALazyUmount) {
  const auto mounted = mount("one");
  base::FileDescriptor file(
      ::open((scene_->directory / "one" / "file").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  ASSERT_TRUE(file.valid());
  scene_->settle();
  scene_->tape.clear();
  mounted->unmount_lazily();
  scene_->settle();
  EXPECT_EQ(mount_points(), Lines({"umount one Mounts=0"}));
  EXPECT_EQ(filesystem(), Lines());
  { const base::FileDescriptor closed = std::move(file); }
  scene_->settle();
  EXPECT_EQ(mount_points(), Lines({"umount one Mounts=0"}));
  EXPECT_EQ(filesystem(), only_patched({"umount/5 FileSystem=ext4"}));
}

TEST_F(Filesystem, SaysNothingOfAMountThatFails) {
  EXPECT_THROW(Mounted(loop_->node(), scene_->directory / "one", "vfat"), std::system_error);
  EXPECT_THROW(Mounted(loop_->node(), scene_->directory / "one", "ext4", 0, "no_such_option"),
               std::system_error);
  scene_->settle();
  EXPECT_EQ(all(), Lines());
}

TEST_F(Filesystem, SaysNothingOfARemount) {
  const auto mounted = mount("one");
  scene_->settle();
  scene_->tape.clear();
  mounted->remount(MS_RDONLY);
  scene_->settle();
  EXPECT_EQ(filesystem(), Lines());
  EXPECT_EQ(mount_points(), Lines({"remount one Mounts=1"}));
}

// A copy of the mount in another namespace, held by a process there.
std::unique_ptr<support::Process> other_namespace() {
  auto holder = std::make_unique<support::Process>(
      Keys{"unshare", "--mount", "sh", "-c", "echo; exec sleep infinity"});
  if (!support::eventually(support::within(support::kPatience),
                           [&] { return !holder->output().empty(); })) {
    support::fail("no mount namespace: " + holder->error_output());
  }
  return holder;
}

TEST_F(Filesystem, SaysUmountWhenTheLastNamespaceLetsItGo) {
  const auto mounted = mount("one");
  scene_->settle();
  scene_->tape.clear();
  const auto holder = other_namespace();
  mounted->unmount();
  scene_->settle();
  EXPECT_EQ(mount_points(), Lines({"umount one Mounts=0"}));
  EXPECT_EQ(filesystem(), Lines());
  holder->signal(SIGKILL);
  holder->wait();
  // It is the other namespace's end that waits for nobody.
  if (is_patched()) {
    scene_->hear({.path = loop_->object(), .also = with_text("Scope", "filesystem")});
  }
  scene_->settle();
  EXPECT_EQ(filesystem(), only_patched({"umount/5 FileSystem=ext4"}));
}

}  // namespace
}  // namespace kevent::kernel

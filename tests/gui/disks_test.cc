// SPDX-License-Identifier: LGPL-2.1-or-later
// With a real udisks2, udevd and polkitd, and loop devices; what a loop device is not, a USB drive
// or an optical one, is not tested here.
#include "gui/bus/disks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "tests/gui/qt_loop.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/process.h"
#include "tests/support/udisks_stack.h"

namespace kevent::test {
namespace {

using gui::Disks;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// What came of the last thing that was asked for.
struct Outcome {
  std::optional<std::string> mount_point;
  std::optional<bool> may_be_removed;
  std::string problem;

  bool is_there() const { return mount_point || may_be_removed || !problem.empty(); }
};

class DisksTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string missing = support::UdisksStack::missing();
    if (!missing.empty()) GTEST_SKIP() << missing;
    need_qt();
    stack_.emplace();
    disks_.emplace(QString::fromStdString(stack_->bus_address()));
    QObject::connect(&*disks_, &Disks::mounted,
                     [this](const std::string&, const std::string& mount_point) {
                       outcome_.mount_point = mount_point;
                     });
    QObject::connect(&*disks_, &Disks::ejected, [this](const std::string&, bool may_be_removed) {
      outcome_.may_be_removed = may_be_removed;
    });
    const auto failed = [this](const std::string&, const QString& problem) {
      outcome_.problem = problem.toStdString();
    };
    QObject::connect(&*disks_, &Disks::mount_failed, failed);
    QObject::connect(&*disks_, &Disks::eject_failed, failed);
  }

  ~DisksTest() override {
    if (!name_.empty()) support::run({"losetup", "-d", "/dev/" + name_});
  }

  // A loop device with an ext4 on it, which nobody holds open, is there for udisks2.
  void attach() {
    const auto image = stack_->images() / "disk";
    support::make_image(image, 8U << 20U);
    support::run_or_fail({"mkfs.ext4", "-q", "-F", image.string()});
    const std::string node = support::run({"losetup", "--find", "--show", image.string()}).output;
    ASSERT_THAT(node, StartsWith("/dev/loop"));
    name_ = node.substr(5, node.find_last_not_of('\n') - 4);
    support::run_or_fail({"udevadm", "settle"});
  }

  std::string object() const { return "/devices/virtual/block/" + name_; }

  Outcome mount() {
    return ask([this] { disks_->mount(object()); });
  }
  Outcome eject() {
    return ask([this] { disks_->eject(object()); });
  }
  Outcome ask(const std::function<void()>& question) {
    outcome_ = {};
    question();
    EXPECT_TRUE(spin_until([&] { return outcome_.is_there(); }));
    return outcome_;
  }
  // Once udisks2 has probed it.
  Outcome mount_when_known() {
    Outcome outcome;
    EXPECT_TRUE(spin_until([&] { return (outcome = mount()).mount_point.has_value(); }))
        << outcome.problem;
    return outcome;
  }

  std::optional<support::UdisksStack> stack_;
  std::string name_;  // of the loop device
  std::optional<Disks> disks_;
  Outcome outcome_;
};

TEST_F(DisksTest, MountsByUdisks2) {
  attach();
  const Outcome outcome = mount_when_known();
  ASSERT_TRUE(outcome.mount_point);
  EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(*outcome.mount_point) / "lost+found"));
}

TEST_F(DisksTest, SaysWhereItIsMountedAlready) {
  attach();
  const Outcome first = mount_when_known();
  EXPECT_EQ(mount().mount_point, first.mount_point);
}

TEST_F(DisksTest, EjectsWhenAllIsUnmountedAndLetGo) {  // D1, D2
  attach();
  mount_when_known();
  const Outcome outcome = eject();
  EXPECT_EQ(outcome.problem, "");
  EXPECT_EQ(outcome.may_be_removed, true);
  std::ifstream backing("/sys/block/" + name_ + "/loop/backing_file");
  EXPECT_FALSE(backing.is_open());
}

TEST_F(DisksTest, LeavesADriveOfTheSystemAlone) {  // D4
  attach();
  mount_when_known();
  const support::Mounted boot("/dev/" + name_, "/boot", "ext4");
  ASSERT_TRUE(spin_until([&] { return eject().problem != ""; }));
  EXPECT_THAT(outcome_.problem, HasSubstr("The system runs from the drive of"));
  EXPECT_TRUE(std::filesystem::exists("/boot/lost+found"));
}

TEST_F(DisksTest, DoesNotSayThatItMayBeRemovedWhileSomebodyHoldsTheDevice) {  // D2
  attach();
  mount_when_known();
  const std::ifstream holder("/dev/" + name_);
  ASSERT_TRUE(holder.is_open());
  EXPECT_EQ(eject().may_be_removed, false);
}

TEST_F(DisksTest, DoesNotEjectWhatAProgramUses) {  // D3
  attach();
  const Outcome mounted = mount_when_known();
  std::ofstream used(*mounted.mount_point + "/used");
  ASSERT_TRUE(used.is_open());
  const Outcome outcome = eject();
  EXPECT_THAT(outcome.problem, HasSubstr("busy"));
  EXPECT_FALSE(outcome.may_be_removed);
  used.close();
  EXPECT_EQ(eject().may_be_removed, true);
}

TEST_F(DisksTest, SaysThatADeviceIsGone) {
  const Outcome outcome = ask([this] { disks_->eject("/devices/virtual/block/loop4711"); });
  EXPECT_EQ(outcome.problem, "/dev/loop4711 is no longer there.");
}

TEST_F(DisksTest, SaysThatUdisks2IsNotThere) {
  stack_->kill_udisks();
  const Outcome outcome = ask([this] { disks_->mount("/devices/virtual/block/loop0"); });
  EXPECT_THAT(outcome.problem, StartsWith("udisks2"));
}

TEST_F(DisksTest, SaysThatThereIsNoBus) {
  Disks nowhere(QStringLiteral("unix:path=/nonexistent"));
  QString problem;
  QObject::connect(&nowhere, &Disks::mount_failed,
                   [&](const std::string&, const QString& text) { problem = text; });
  nowhere.mount("/devices/virtual/block/loop0");
  EXPECT_TRUE(spin_until([&] { return !problem.isEmpty(); }));
}

}  // namespace
}  // namespace kevent::test

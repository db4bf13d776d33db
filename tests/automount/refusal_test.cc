// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-automount as a user to whom a real polkitd says no, yes, or nothing for a while.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "lib/base/file_descriptor.h"
#include "tests/automount/desk.h"
#include "tests/support/failure.h"
#include "tests/support/tape.h"
#include "tests/support/uevents.h"

namespace kevent::automount {
namespace {

using support::LoopDevice;
using ::testing::HasSubstr;

constexpr char kRefuses[] =
    "polkit.addRule(function(action, subject) {\n"
    "  return polkit.Result.NO;\n"
    "});\n";

class KeventAutomountAsNobody : public DeskTest {};

TEST_F(KeventAutomountAsNobody, MountsWherePolkitAllowsIt) {
  Desk desk;
  desk.start({}, kNobody);
  const LoopDevice device(desk.image("stick", "stick"));
  const nlohmann::json told = desk.notice("mounted", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_EQ(told["mount_point"], "/media/nobody/stick");
}

TEST_F(KeventAutomountAsNobody, TellsThatPolkitRefuses) {
  Desk desk(kRefuses);
  desk.start({}, kNobody);
  const LoopDevice device(desk.image("stick", "stick"));
  const nlohmann::json told = desk.notice("failed", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_THAT(told["reason"], HasSubstr("polkit does not allow it"));
}

TEST_F(KeventAutomountAsNobody, DoesNotAskAgainWhatPolkitRefused) {
  Desk desk(kRefuses);
  desk.start({}, kNobody);
  const LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(desk.notice("failed", device.node()).is_object());
  support::trigger_uevents(device.kernel_path(), 1);
  const LoopDevice fence(desk.image("fence", "fence"));
  ASSERT_TRUE(desk.notice("failed", fence.node()).is_object());
  EXPECT_EQ(desk.count("failed", device.node()), 1);
}

// polkitd's rule asks a program, which reads a FIFO: so the question stays open until the test
// writes into it.
class SlowPolkit {
 public:
  SlowPolkit() : fifo_(directory_ / "answer") {
    if (::mkfifo(fifo_.c_str(), 0644) != 0) support::fail_with_errno(fifo_);
  }

  std::string rules() const {
    return "polkit.addRule(function(action, subject) {\n"
           "  polkit.spawn([\"/bin/cat\", \"" +
           fifo_ +
           "\"]);\n"
           "  return polkit.Result.YES;\n"
           "});\n";
  }

  // Whether polkitd is asking.
  bool asked() {
    if (!answer_.valid()) {
      answer_ = base::FileDescriptor(::open(fifo_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    }
    return answer_.valid();
  }

  void answer() { base::FileDescriptor closed = std::move(answer_); }

 private:
  support::TemporaryDirectory directory_;
  std::string fifo_;
  base::FileDescriptor answer_;
};

TEST_F(KeventAutomountAsNobody, TellsADeviceThatWentAwayWhileItWasBeingMounted) {
  SlowPolkit polkit;
  Desk desk(polkit.rules());
  desk.start({}, kNobody);
  LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(Desk::comes_true([&] { return polkit.asked(); }));
  support::Tape tape(desk.stack.bus_address());
  device.detach();
  ASSERT_NE(tape.wait_for({.path = device.object(), .member = "media_change"}), nullptr);
  polkit.answer();
  const nlohmann::json told = desk.notice("failed", device.node());
  ASSERT_TRUE(told.is_object());
  EXPECT_THAT(told["reason"], HasSubstr("went away"));
}

TEST_F(KeventAutomountAsNobody, HearsTheKernelWhileSomebodyIsAskedForAPassword) {
  SlowPolkit polkit;
  Desk desk(polkit.rules());
  desk.start("[mine]\nLabel=mine\nAction=ignore\n", kNobody);
  const LoopDevice device(desk.image("stick", "stick"));
  ASSERT_TRUE(Desk::comes_true([&] { return polkit.asked(); }));
  const LoopDevice other(desk.image("mine", "mine"));
  EXPECT_TRUE(desk.notice("ignored", other.node()).is_object());
  polkit.answer();
  EXPECT_TRUE(desk.notice("mounted", device.node()).is_object());
}

}  // namespace
}  // namespace kevent::automount

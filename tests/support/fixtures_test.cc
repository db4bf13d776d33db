// SPDX-License-Identifier: LGPL-2.1-or-later
// The fixtures clean up behind them, and wait no longer than they should.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "tests/support/bus_connection.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/support/private_bus.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/uevents.h"

namespace kevent::support {
namespace {

TEST(Eventually, GivesUpAtTheDeadline) {
  EXPECT_FALSE(eventually(within(std::chrono::milliseconds(20)), [] { return false; }));
}

TEST(Eventually, LooksUntilThePredicateHolds) {
  int looks = 0;
  EXPECT_TRUE(eventually(within(kPatience), [&] { return ++looks == 3; }));
}

TEST(TemporaryDirectory, IsGoneAtTheEndWithWhatIsInIt) {
  std::filesystem::path path;
  {
    const TemporaryDirectory directory;
    path = directory.path();
    std::ofstream(directory / "file") << "text";
    ASSERT_TRUE(std::filesystem::exists(path / "file"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Process, KeepsItsOutputsApart) {
  const Outcome outcome = run({"sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.error_output, "err\n");
}

TEST(Process, NeverBlocksOnOutputThatNobodyReads) {
  EXPECT_EQ(run({"sh", "-c", "head -c 1000000 /dev/zero"}).output.size(), 1000000U);
}

TEST(Process, ReadsTheInputThatItWasGiven) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "file") << "text";
  const base::FileDescriptor file(::open((directory / "file").c_str(), O_RDONLY | O_CLOEXEC));
  Process process({"cat"}, {}, file.get());
  ASSERT_EQ(process.wait(), 0);
  EXPECT_EQ(process.output(), "text");
}

TEST(Process, GivesTheEnvironmentOnTop) {
  EXPECT_EQ(run({"sh", "-c", "echo $KEVENT_TEST"}, {"KEVENT_TEST=yes"}).output, "yes\n");
}

TEST(Process, TellsTheSignalThatEndedIt) {
  Process process({"sleep", "1000"});
  process.signal(SIGKILL);
  EXPECT_EQ(process.wait(), 128 + SIGKILL);
}

TEST(Process, RunsUntilItEnds) {
  Process process({"sleep", "1000"});
  EXPECT_FALSE(process.wait(within(std::chrono::milliseconds(20))).has_value());
}

TEST(Process, IsKilledAndReapedByItsDestructor) {
  pid_t pid = 0;
  {
    const Process process({"sleep", "1000"});
    pid = process.pid();
  }
  EXPECT_EQ(::kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

TEST(Process, TellsWhenAProgramIsNotThere) {
  EXPECT_EQ(run({"kevent-no-such-program"}).status, 127);
}

std::string bus_id(BusConnection& connection) {
  return connection
      .call({"/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId", "org.freedesktop.DBus"})
      .arguments.dump();
}

class PrivateBusOfKind : public ::testing::TestWithParam<BusKind> {};

INSTANTIATE_TEST_SUITE_P(Each, PrivateBusOfKind,
                         ::testing::Values(BusKind::kDaemon, BusKind::kBroker),
                         [](const auto& kind) { return bus_kind_name(kind.param); });

TEST_P(PrivateBusOfKind, TakesConnectionsOnceMade) {
  const PrivateBus bus(GetParam());
  BusConnection connection(bus.address());
  EXPECT_NE(bus_id(connection), "null");
}

TEST_P(PrivateBusOfKind, EndsItsConnectionsWhenItStops) {
  PrivateBus bus(GetParam());
  BusConnection connection(bus.address());
  bus.stop();
  EXPECT_TRUE(connection.process_until(within(kPatience), [&] { return !connection.connected(); }));
}

TEST_P(PrivateBusOfKind, GivesANameToWhoAsks) {
  const PrivateBus bus(GetParam());
  BusConnection connection(bus.address());
  EXPECT_GE(sd_bus_request_name(connection.raw(), kService, 0), 0);
}

TEST_P(PrivateBusOfKind, CarriesASignalToASubscriber) {
  const PrivateBus bus(GetParam());
  BusConnection subscriber(bus.address());
  int heard = 0;
  subscriber.subscribe("type='signal',interface='org.example.Test'",
                       [&](sd_bus_message*) { ++heard; });
  BusConnection sender(bus.address());
  ASSERT_GE(sd_bus_emit_signal(sender.raw(), "/", "org.example.Test", "Rung", ""), 0);
  ASSERT_GE(sd_bus_flush(sender.raw()), 0);
  EXPECT_TRUE(subscriber.process_until(within(kPatience), [&] { return heard == 1; }));
}

TEST_P(PrivateBusOfKind, ComesBackAtTheSameAddress) {
  PrivateBus bus(GetParam());
  const std::string address = bus.address();
  bus.stop();
  bus.start();
  EXPECT_TRUE(BusConnection(address).connected());
}

TEST(BusConnection, TellsAnErrorByItsName) {
  const PrivateBus bus;
  BusConnection connection(bus.address());
  EXPECT_EQ(find_device(connection, "null").error, "org.freedesktop.DBus.Error.ServiceUnknown");
}

class KernelFixtures : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "needs root";
    }
  }
  TemporaryDirectory directory_;
};

std::string backing_file(const LoopDevice& loop) {
  std::string name;
  std::getline(std::ifstream("/sys" + loop.kernel_path() + "/loop/backing_file"), name);
  return name;
}

TEST_F(KernelFixtures, ALoopDeviceHoldsItsImageUntilItIsDetached) {
  make_image(directory_ / "image", 1 << 20);
  LoopDevice loop(directory_ / "image");
  ASSERT_EQ(backing_file(loop), directory_ / "image");
  loop.detach();
  EXPECT_EQ(backing_file(loop), "");
}

TEST_F(KernelFixtures, AnAutoclearLoopDeviceIsReleasedWithItsLastUser) {
  make_image(directory_ / "image", 1 << 20);
  LoopDevice loop(directory_ / "image", LoopDevice::Release::kAutoclear);
  ASSERT_EQ(backing_file(loop), directory_ / "image");
  loop.detach();
  EXPECT_TRUE(eventually(within(kPatience), [&] { return backing_file(loop).empty(); }));
}

TEST_F(KernelFixtures, AnAddedLoopDeviceIsGoneWhenRemoved) {
  AddedLoopDevice loop;
  ASSERT_TRUE(std::filesystem::exists("/sys" + loop.kernel_path()));
  loop.remove();
  EXPECT_FALSE(std::filesystem::exists("/sys" + loop.kernel_path()));
}

TEST_F(KernelFixtures, AMountIsGoneAtTheEnd) {
  const std::filesystem::path place = directory_ / "place";
  {
    const Mounted mounted("none", place, "tmpfs");
    std::ofstream(place / "file") << "text";
  }
  EXPECT_FALSE(std::filesystem::exists(place / "file"));
}

TEST_F(KernelFixtures, TriggeredUeventsAreNumberedByTheKernel) {
  const std::uint64_t before = uevent_seqnum();
  trigger_uevents(kQuietDevice, 10);
  EXPECT_GE(uevent_seqnum(), before + 10);
}

TEST_F(KernelFixtures, AStormEndsWhenStopped) {
  UeventStorm storm(kQuietDevice, 1000);
  const std::uint64_t before = uevent_seqnum();
  ASSERT_TRUE(eventually(within(kPatience), [&] { return uevent_seqnum() > before + 50; }));
  EXPECT_EQ(storm.stop(), storm.stop());
}

}  // namespace
}  // namespace kevent::support

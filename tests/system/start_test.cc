// SPDX-License-Identifier: LGPL-2.1-or-later
// How keventd starts and ends: its options, its exit codes, two of them at once.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Outcome;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kNoBus = 3;
constexpr int kTaken = 4;

// keventd with these further options, on a good bus and a good runtime directory.
class Start : public ::testing::Test {
 protected:
  Outcome run_with(const std::vector<std::string>& further) {
    std::vector<std::string> command = support::keventd_command(bus_.address(), directory_ / "run");
    command.insert(command.end(), further.begin(), further.end());
    return support::run(command);
  }

  support::PrivateBus bus_;
  support::TemporaryDirectory directory_;
};

TEST_F(Start, EndsWithZeroOnTerminate) {
  support::Keventd keventd(bus_.address(), directory_ / "run");
  EXPECT_EQ(keventd.stop(), 0);
}

TEST_F(Start, EndsWithZeroOnInterrupt) {
  support::Process process(support::keventd_command(bus_.address(), directory_ / "run"));
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), [&] {
    return process.error_output().find("ready") != std::string::npos;
  }));
  process.signal(SIGINT);
  EXPECT_EQ(process.wait(), 0);
}

TEST_F(Start, GivesItsNameBackAtTheEnd) {
  support::Keventd keventd(bus_.address(), directory_ / "run");
  support::BusConnection caller(bus_.address());
  keventd.stop();
  EXPECT_EQ(support::find_device(caller, "/dev/null").error,
            "org.freedesktop.DBus.Error.ServiceUnknown");
}

TEST_F(Start, RefusesALogSizeThatIsNoSize) {
  for (const char* size : {"", "many", "-1", "0", "1", "1e99", "99999999999999999999", "8MiBs"}) {
    const Outcome outcome = run_with({std::string("--log-size=") + size});
    EXPECT_EQ(outcome.status, kUsage) << size;
    EXPECT_NE(outcome.error_output, "") << size;
  }
}

TEST_F(Start, RefusesAnUnknownSource) {
  EXPECT_EQ(run_with({"--sources", "uevent,gossip"}).status, kUsage);
}

TEST_F(Start, RefusesAnUnknownOption) {
  EXPECT_EQ(run_with({"--no-such-option"}).status, kUsage);
}

TEST_F(Start, HelpsWhoAsks) {
  const Outcome outcome = run_with({"--help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.output.find("--runtime-directory"), std::string::npos);
}

TEST_F(Start, SaysThatThereIsNoBus) {
  const std::string address = "unix:path=" + (directory_ / "nobody").string();
  // sdbus-c++ 1.2.0 leaks the bus that it could not open, which is no news at an exit.
  const Outcome outcome = support::run(support::keventd_command(address, directory_ / "run"),
                                       {"ASAN_OPTIONS=detect_leaks=0"});
  EXPECT_EQ(outcome.status, kNoBus);
  EXPECT_NE(outcome.error_output, "");
}

TEST_F(Start, SaysThatTheRuntimeDirectoryCannotBeWritten) {
  std::ofstream(directory_ / "file") << "no folder";
  const Outcome outcome =
      support::run(support::keventd_command(bus_.address(), directory_ / "file" / "run"));
  EXPECT_EQ(outcome.status, kFailed);
  EXPECT_NE(outcome.error_output.find((directory_ / "file").string()), std::string::npos);
}

TEST_F(Start, IsRefusedASecondTimeOnTheSameBus) {
  const support::Keventd first(bus_.address(), directory_ / "run");
  const Outcome second = support::run(support::keventd_command(bus_.address(), directory_ / "2"));
  EXPECT_EQ(second.status, kTaken);
  EXPECT_NE(second.error_output.find(support::kService), std::string::npos) << second.error_output;
}

TEST_F(Start, IsRefusedASecondTimeOnTheSameRuntimeDirectory) {
  const support::PrivateBus other;
  const support::Keventd first(bus_.address(), directory_ / "run");
  const Outcome second =
      support::run(support::keventd_command(other.address(), directory_ / "run"));
  EXPECT_EQ(second.status, kTaken);
  EXPECT_NE(second.error_output.find((directory_ / "run").string()), std::string::npos)
      << second.error_output;
}

TEST_F(Start, LetsTheFirstLiveOnWhenASecondComes) {
  const support::Keventd first(bus_.address(), directory_ / "run");
  support::BusConnection caller(bus_.address());
  support::run(support::keventd_command(bus_.address(), directory_ / "2"));
  support::run(support::keventd_command(bus_.address(), directory_ / "run"));
  const support::Reply reply = caller.call({"/org/freedesktop/DBus", "org.freedesktop.DBus",
                                            "GetConnectionUnixProcessID", "org.freedesktop.DBus"},
                                           "s", support::kService);
  ASSERT_TRUE(reply.ok()) << reply.error;
  EXPECT_EQ(reply.arguments[0], first.pid());
}

TEST_F(Start, KeepsTheLogOfTheOneBefore) {
  support::Keventd keventd(bus_.address(), directory_ / "run");
  support::BusConnection caller(bus_.address());
  const support::Json log = support::manager_property(caller, "LogId");
  keventd.stop();
  keventd.start();
  EXPECT_EQ(support::manager_property(caller, "LogId"), log);
}

TEST_F(Start, TakesTheSmallestAndAnotherLogSize) {
  for (const char* size : {"262144", "1048576"}) {
    support::Keventd keventd(bus_.address(), directory_ / size, {.log_size = size});
    EXPECT_EQ(keventd.stop(), 0);
  }
}

}  // namespace
}  // namespace kevent::system

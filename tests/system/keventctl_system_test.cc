// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl against a real keventd and real kernel events.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/mounted.h"
#include "tests/support/process.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Json;
using support::Mounted;
using support::Outcome;
using support::Process;

constexpr int kUsage = 2;
constexpr int kNoService = 3;
constexpr int kNoSuchObject = 4;
constexpr int kTimedOut = 5;
constexpr const char* kEscape = "\x1b";
constexpr const char* kNullObject = "/org/kernel/devices/virtual/mem/null";

using Arguments = std::vector<std::string>;

std::vector<Json> documents(const std::string& lines) {
  std::vector<Json> result;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    result.push_back(Json::parse(line));
  }
  return result;
}

class Keventctl : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      service_ = std::make_unique<Service>();
    }
  }

  Arguments command(const Arguments& further) const {
    Arguments result = {support::built_program("keventctl"), "--bus", service_->bus.address()};
    result.insert(result.end(), further.begin(), further.end());
    return result;
  }

  Outcome keventctl(const Arguments& further) const { return support::run(command(further)); }

  // The newest sequence: `monitor --since` it misses nothing from here on, however late it starts.
  std::string now() { return support::manager_property(service_->caller, "LastSequence").dump(); }

  std::string place(const std::string& name = "place") const { return service_->directory / name; }

  std::unique_ptr<Service> service_;
};

TEST_F(Keventctl, MonitorTellsAMountAsJson) {
  Process monitor(
      command({"monitor", "--json", "--signal", "mount", "--count", "1", "--since", now()}));
  const Mounted mounted("none", place(), "tmpfs");
  ASSERT_EQ(monitor.wait(), 0) << monitor.error_output();
  const std::vector<Json> told = documents(monitor.output());
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["signal"], "mount");
  EXPECT_EQ(told[0]["group"], "Fs");
  EXPECT_EQ(told[0]["object"], "/org/kernel/fs/tmpfs");
  EXPECT_EQ(told[0]["details"]["MountPoint"], place());
  EXPECT_EQ(told[0]["details"]["Mounts"], 1);
}

TEST_F(Keventctl, MonitorSinceZeroTellsAllThatTheLogHolds) {
  support::trigger_uevents(support::kQuietDevice, 10);
  service_->settle();
  const Outcome outcome = keventctl({"monitor", "--json", "--since", "0", "--count", "10"});
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  std::uint64_t expected = 0;
  const std::vector<Json> told = documents(outcome.output);
  for (const Json& event : told) {
    EXPECT_EQ(event["sequence"], ++expected);
  }
  EXPECT_EQ(told.size(), 10U);
}

TEST_F(Keventctl, MonitorLivesThroughARestartOfTheService) {
  Process monitor(
      command({"monitor", "--json", "--signal", "mount", "--count", "2", "--since", now()}));
  const Mounted before("none", place("before"), "tmpfs");
  ASSERT_TRUE(support::eventually(support::within(support::kPatience),
                                  [&] { return !monitor.output().empty(); }));
  service_->keventd.kill9();
  service_->keventd.start();
  const Mounted after("none", place("after"), "tmpfs");
  ASSERT_EQ(monitor.wait(), 0) << monitor.error_output();
  const std::vector<Json> told = documents(monitor.output());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0]["details"]["MountPoint"], place("before"));
  EXPECT_EQ(told[1]["details"]["MountPoint"], place("after"));
}

TEST_F(Keventctl, MonitorSaysWhenTheTimeIsOver) {
  EXPECT_EQ(keventctl({"monitor", "--timeout", "0.1", "--count", "1", "--signal", "no_such_signal"})
                .status,
            kTimedOut);
}

TEST_F(Keventctl, OnRunsACommandForAUevent) {
  Process on(
      command({"on", "--object", "/dev/null", "--signal", "change", "--count", "1", "--since",
               now(), "--", "sh", "-c", "cat; echo \"$KEVENT_SYSFS_PATH $KEVENT_UEVENT_ACTION\""}));
  support::trigger_uevents(support::kQuietDevice, 1);
  ASSERT_EQ(on.wait(), 0) << on.error_output();
  std::istringstream output(on.output());
  std::string event;
  std::string environment;
  ASSERT_TRUE(std::getline(output, event) && std::getline(output, environment));
  EXPECT_EQ(Json::parse(event)["object"], kNullObject);
  EXPECT_EQ(environment, "/sys/devices/virtual/mem/null change");
}

TEST_F(Keventctl, LogTellsWhatTheServiceHolds) {
  support::trigger_uevents(support::kQuietDevice, 3);
  service_->settle();
  const Outcome outcome = keventctl({"log", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  EXPECT_EQ(documents(outcome.output).size(),
            support::manager_property(service_->caller, "LastSequence"));
}

TEST_F(Keventctl, LogPicksTheNewestOfAnObject) {
  support::trigger_uevents(support::kQuietDevice, 5);
  service_->settle();
  const Outcome outcome = keventctl({"log", "--json", "--object", "/dev/null", "--last", "2"});
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  const std::vector<Json> told = documents(outcome.output);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0]["object"], kNullObject);
  EXPECT_EQ(told[1]["object"], kNullObject);
}

TEST_F(Keventctl, ListHasEveryExportedObject) {
  const support::Reply reply = service_->caller.call(
      {support::kManagerPath, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"});
  const Outcome outcome = keventctl({"list", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  const Json listed = Json::parse(outcome.output);
  for (const auto& [path, interfaces] : reply.arguments[0].items()) {
    EXPECT_TRUE(listed.contains(path)) << path;
  }
}

TEST_F(Keventctl, ShowTellsThePropertiesOfADevice) {
  const Outcome outcome = keventctl({"show", "--json", "/dev/null"});
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  const Json shown = Json::parse(outcome.output);
  EXPECT_EQ(shown["object"], kNullObject);
  EXPECT_EQ(shown["interfaces"]["org.kernel.Events1.Device"]["DeviceNode"], "/dev/null");
}

TEST_F(Keventctl, StatusIsForProgramsToo) {
  const Outcome outcome = keventctl({"status", "--json"});
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  EXPECT_TRUE(Json::parse(outcome.output).is_object());
}

TEST_F(Keventctl, StatusNamesTheSources) {
  const Outcome outcome = keventctl({"status"});
  EXPECT_EQ(outcome.status, 0) << outcome.error_output;
  EXPECT_NE(outcome.output.find("uevent"), std::string::npos);
  EXPECT_NE(outcome.output.find("mount"), std::string::npos);
}

TEST_F(Keventctl, SaysThatAnObjectIsNotThere) {
  EXPECT_EQ(keventctl({"show", "/devices/no/such"}).status, kNoSuchObject);
}

TEST_F(Keventctl, SaysThatTheServiceIsNotThere) {
  service_->keventd.stop();
  for (const char* subcommand : {"status", "list", "log"}) {
    const Outcome outcome = keventctl({subcommand});
    EXPECT_EQ(outcome.status, kNoService) << subcommand;
    EXPECT_NE(outcome.error_output, "") << subcommand;
  }
}

TEST_F(Keventctl, SaysThatThereIsNoBus) {
  const Outcome outcome =
      support::run({support::built_program("keventctl"), "--bus", "unix:path=" + place(), "status"},
                   {"ASAN_OPTIONS=detect_leaks=0"});  // as in start_test.cc: of the library
  EXPECT_EQ(outcome.status, kNoService);
}

TEST_F(Keventctl, RefusesArgumentsThatItDoesNotKnow) {
  for (const Arguments& arguments :
       {Arguments{}, Arguments{"dance"}, Arguments{"show"}, Arguments{"log", "--group", "Chess"},
        Arguments{"log", "--since", "-1"}, Arguments{"monitor", "--priority", "8"}}) {
    EXPECT_EQ(keventctl(arguments).status, kUsage);
  }
}

// What `keventctl log` shows on a terminal with these variables set.
std::string on_a_terminal(const Arguments& command, const std::vector<std::string>& environment) {
  std::string line;
  for (const std::string& word : command) {
    line += "'" + word + "' ";
  }
  return support::run({"script", "--quiet", "--return", "--command", line, "/dev/null"},
                      environment)
      .output;
}

TEST_F(Keventctl, ShowsColoursOnATerminal) {
  service_->settle();
  EXPECT_NE(on_a_terminal(command({"log"}), {"TERM=xterm"}).find(kEscape), std::string::npos);
}

TEST_F(Keventctl, ShowsNoColoursWhereTheyAreNotWanted) {
  service_->settle();
  const std::string shown = on_a_terminal(command({"log"}), {"TERM=xterm", "NO_COLOR=1"});
  EXPECT_NE(shown, "");
  EXPECT_EQ(shown.find(kEscape), std::string::npos);
}

TEST_F(Keventctl, ShowsNoColoursInAFile) {
  service_->settle();
  EXPECT_EQ(keventctl({"log"}).output.find(kEscape), std::string::npos);
}

bool is_control_character(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
}

class HostileName : public Keventctl, public ::testing::WithParamInterface<Arguments> {};

TEST_P(HostileName, NeverReachesTheTerminal) {
  const Mounted mounted("none", place("evil\x1b[2J\x07\x7f\r\xc2\x9bname\nsecond line"), "tmpfs");
  service_->settle();
  const Outcome outcome = keventctl(GetParam());
  ASSERT_EQ(outcome.status, 0) << outcome.error_output;
  EXPECT_NE(outcome.output.find("evil"), std::string::npos);
  EXPECT_TRUE(std::ranges::none_of(outcome.output, is_control_character)) << outcome.output;
  EXPECT_EQ(outcome.output.find("\xc2\x9b"), std::string::npos);
  EXPECT_EQ(outcome.output.find("\nsecond line"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Of, HostileName,
                         ::testing::Values(Arguments{"log"}, Arguments{"log", "--json"},
                                           Arguments{"monitor", "--since", "0", "--signal", "mount",
                                                     "--count", "1"},
                                           Arguments{"show", "/org/kernel/fs/tmpfs"}));

}  // namespace
}  // namespace kevent::system

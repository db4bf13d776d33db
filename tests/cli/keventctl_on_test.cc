// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl on, the program as a whole: what the command gets, and how it is started.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>

#include "cli/options.h"
#include "lib/terminal/exit_code.h"
#include "tests/cli/keventctl_on_fixture.h"

namespace kevent::cli {
namespace {

using nlohmann::json;
using test::loop_event;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(KeventctlOn, RunsTheCommandForWhatHappensFromNowOn) {
  service_.happen(loop_event("before"));
  const auto process = follow(on({"--count", "1"}, shell("echo $KEVENT_SIGNAL")));
  service_.happen(loop_event("add"));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(process->output(), "add\n");
}

TEST_F(KeventctlOn, GivesTheEventInTheEnvironment) {
  log_events(1);
  const auto lines = lines_of(run_for_log({"env"}).output);
  EXPECT_THAT(lines, Contains("KEVENT_SIGNAL=add"));
  EXPECT_THAT(lines, Contains("KEVENT_SYSFS_PATH=/sys/devices/virtual/block/loop0"));
  EXPECT_THAT(lines, Contains(StartsWith("PATH=")));
}

TEST_F(KeventctlOn, LetsNoVariableOfAnEventComeFromElsewhere) {
  log_events(1);
  const auto process =
      follow(on({"--since", "0", "--count", "1"}, {"env"}),
             {"KEVENT_DETAIL_MOUNT_POINT=/forged", "KEVENT_SIGNAL=forged", "MINE=kept"});
  ASSERT_EQ(process->wait(), terminal::kDone);
  EXPECT_THAT(process->output(), Not(HasSubstr("forged")));
  EXPECT_THAT(lines_of(process->output()), Contains("MINE=kept"));
}

TEST_F(KeventctlOn, GivesTheEventAsTheJsonOfMonitor) {
  log_events(2);
  const auto monitored = run({"monitor", "--json", "--since", "0", "--count", "2"});
  EXPECT_EQ(run_for_log({"cat"}).output, monitored.output);
}

TEST_F(KeventctlOn, PassesTheWordsAsTheyAre) {
  log_events(1);
  const auto outcome = run_for_log(
      {"printf", "%s\n", "a b", "$HOME", ";", "[x,y]", "*", "--bus", "--", "-c", "`id`"});
  EXPECT_THAT(lines_of(outcome.output),
              ElementsAre("a b", "$HOME", ";", "[x,y]", "*", "--bus", "--", "-c", "`id`"));
}

TEST_F(KeventctlOn, NeverFallsBackToAShell) {
  log_events(1);
  const auto outcome = run_for_log({script("echo by a shell\n")});
  EXPECT_THAT(outcome.output, IsEmpty());
  EXPECT_THAT(outcome.error_output,
              HasSubstr("event 1: the command cannot be started: " +
                        (directory_ / "script").string() + ": Exec format error"));
}

// O4
TEST_F(KeventctlOn, TellsHowACommandFailed) {
  log_events(2);
  const auto outcome = run_for_log(shell("test $KEVENT_SEQUENCE = 1 && exit 3; kill -KILL $$"));
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_EQ(outcome.error_output,
            "keventctl: event 1: the command failed: exit status 3\n"
            "keventctl: event 2: the command failed: signal 9 (Killed)\n");
}

// O4
TEST_F(KeventctlOn, GoesOnWhenTheCommandIsGone) {
  log_events(2);
  const auto outcome = run_for_log({script("#!/bin/sh\nrm \"$0\"\n")});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(outcome.error_output, HasSubstr("event 2: the command cannot be started"));
}

TEST_F(KeventctlOn, FindsOutAtTheStartThatThereIsNoSuchCommand) {
  for (const char* word : {"no_such_command", "/no/such/command", ""}) {
    EXPECT_EQ(run(on({}, {word})).status, terminal::kNoCommand) << word;
  }
}

TEST_F(KeventctlOn, FindsOutAtTheStartThatTheCommandIsNotExecutable) {
  const std::string file = directory_ / "file";
  std::ofstream(file) << "text";
  EXPECT_EQ(run(on({}, {file})).status, terminal::kNotExecutable);
  EXPECT_EQ(run(on({}, {directory_.path()})).status, terminal::kNotExecutable);
}

TEST_F(KeventctlOn, FindsOutAtTheStartThatThereIsNoService) {
  service_.stop();
  EXPECT_EQ(run(on({}, {"true"})).status, terminal::kNoService);
}

TEST_F(KeventctlOn, FindsTheCommandInThePath) {
  log_events(1);
  script("#!/bin/sh\necho found\n");
  const auto process = follow(on({"--since", "0", "--count", "1"}, {"script"}),
                              {"PATH=/no/such/folder:" + directory_.path().string() + ":/bin"});
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(process->output(), "found\n");
}

class AnEventLargerThanAPipe : public KeventctlOn {
 protected:
  void SetUp() override {
    event::Event event = loop_event("add");
    event.details.set("Text", std::string(200'000, 'x'));
    log(event);
    log(event);
  }
};

// J1
TEST_F(AnEventLargerThanAPipe, DoesNotHinderACommandThatReadsNothing) {
  const auto outcome = run_for_log({"true"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(outcome.error_output, IsEmpty());
}

TEST_F(AnEventLargerThanAPipe, IsReadWhole) {
  const auto lines = lines_of(run_for_log({"cat"}).output);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(json::parse(lines[1])["details"]["Text"].get<std::string>(), SizeIs(200'000));
}

// J2
TEST_F(KeventctlOn, GivesTheCommandAProcessGroupOfItsOwn) {
  log_events(1);
  const auto outcome = run_for_log(shell(
      "read pid name state parent group rest < /proc/$$/stat; test $pid = $group && echo own"));
  EXPECT_EQ(outcome.output, "own\n");
}

// What /proc/PID/status says of a set of signals, without the two that glibc keeps for itself.
std::uint64_t signal_set(const std::string& status, const std::string& name) {
  constexpr std::uint64_t kOfGlibc = std::uint64_t{3} << 31;
  for (const std::string& line : lines_of(status)) {
    if (line.starts_with(name))
      return std::stoull(line.substr(name.size()), nullptr, 16) & ~kOfGlibc;
  }
  return ~std::uint64_t{0};
}

// J3
TEST_F(KeventctlOn, LeavesNoSignalBlockedOrIgnored) {
  log_events(1);
  Words words = {"env", "--ignore-signal=PIPE", "--ignore-signal=CHLD"};
  const Words keventctl =
      command(on({"--since", "0", "--count", "1"}, {"cat", "/proc/self/status"}));
  words.insert(words.end(), keventctl.begin(), keventctl.end());
  const std::string status = support::run(words).output;
  EXPECT_EQ(signal_set(status, "SigBlk:"), 0U);
  EXPECT_EQ(signal_set(status, "SigIgn:"), 0U);
}

// J3: 3 is that of ls itself.
TEST_F(KeventctlOn, LeavesNoDescriptorOpen) {
  log_events(1);
  Words words = {"sh", "-c", "exec 7</dev/null \"$@\"", "sh"};
  const Words keventctl = command(on({"--since", "0", "--count", "1"}, {"ls", "/proc/self/fd"}));
  words.insert(words.end(), keventctl.begin(), keventctl.end());
  EXPECT_THAT(lines_of(support::run(words).output), ElementsAre("0", "1", "2", "3"));
}

}  // namespace
}  // namespace kevent::cli

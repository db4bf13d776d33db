// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/options.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

#include "lib/terminal/exit_code.h"

namespace kevent::cli {
namespace {

std::variant<Options, int> parse(std::initializer_list<std::string> words) {
  std::vector<std::string> arguments = {"keventctl"};
  arguments.insert(arguments.end(), words);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  return parse_options(static_cast<int>(arguments.size()), pointers.data());
}

Options parsed(std::initializer_list<std::string> words) {
  return std::get<Options>(parse(words));
}

int exit_code(std::initializer_list<std::string> words) {
  ::testing::internal::CaptureStderr();
  const auto result = parse(words);
  ::testing::internal::GetCapturedStderr();
  return std::holds_alternative<int>(result) ? std::get<int>(result) : -1;
}

TEST(CommandLine, ReadsTheOptionsOfMonitor) {
  const Options options =
      parsed({"--bus", "session", "monitor", "--since", "41", "--group", "Fs", "--signal", "mount",
              "--object", "/dev/sda", "--priority", "5", "--count", "2", "--timeout", "1.5"});
  EXPECT_EQ(options.command, Command::kMonitor);
  EXPECT_EQ(options.bus, "session");
  EXPECT_EQ(options.since, 41U);
  EXPECT_EQ(options.group, event::Group::kFs);
  EXPECT_EQ(options.signal, "mount");
  EXPECT_EQ(options.object, "/dev/sda");
  EXPECT_EQ(options.priority, 5);
  EXPECT_EQ(options.count, 2U);
  EXPECT_EQ(options.timeout, std::chrono::milliseconds(1500));
}

TEST(CommandLine, ReadsTheOptionsOfOn) {
  const Options options =
      parsed({"on", "--since", "41", "--group", "Fs", "--signal", "mount", "--object", "/dev/sda",
              "--priority", "5", "--count", "2", "--timeout", "1.5", "--jobs", "4", "--", "true"});
  EXPECT_EQ(options.command, Command::kOn);
  EXPECT_EQ(options.since, 41U);
  EXPECT_EQ(options.group, event::Group::kFs);
  EXPECT_EQ(options.signal, "mount");
  EXPECT_EQ(options.object, "/dev/sda");
  EXPECT_EQ(options.priority, 5);
  EXPECT_EQ(options.count, 2U);
  EXPECT_EQ(options.timeout, std::chrono::milliseconds(1500));
  EXPECT_EQ(options.jobs, 4U);
}

TEST(CommandLine, RunsOneAtATimeUnlessTold) {
  EXPECT_EQ(parsed({"on", "--", "true"}).jobs, 1U);
}

TEST(CommandLine, LeavesTheWordsOfTheCommandAsTheyAre) {
  const std::vector<std::string> words = {"--bus", "[a,b]", "--", "-c", "", "on", "--help", "list"};
  EXPECT_EQ(
      parsed({"on", "--", "--bus", "[a,b]", "--", "-c", "", "on", "--help", "list"}).user_command,
      words);
}

TEST(CommandLine, RefusesToRunNothing) {
  EXPECT_EQ(exit_code({"on"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"on", "--"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"on", "true"}), terminal::kUsage);
}

TEST(CommandLine, TakesACommandForNothingButOn) {
  EXPECT_EQ(exit_code({"monitor", "--", "true"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"monitor", "--signal", "on", "--", "true"}), terminal::kUsage);
  EXPECT_EQ(parsed({"show", "--", "8:0"}).object, "8:0");
}

TEST(CommandLine, ReadsTheOptionsOfLog) {
  const Options options = parsed({"log", "--last", "5", "--group", "storage", "--json"});
  EXPECT_EQ(options.command, Command::kLog);
  EXPECT_EQ(options.last, 5U);
  EXPECT_EQ(options.group, event::Group::kStorage);
  EXPECT_TRUE(options.json);
}

TEST(CommandLine, ReadsTheOptionsOfList) {
  const Options options = parsed({"list", "--tree", "--subsystem", "block"});
  EXPECT_EQ(options.command, Command::kList);
  EXPECT_TRUE(options.tree);
  EXPECT_EQ(options.subsystem, "block");
}

TEST(CommandLine, ReadsTheOptionsOfShow) {
  const Options options = parsed({"show", "8:0", "--udev"});
  EXPECT_EQ(options.command, Command::kShow);
  EXPECT_EQ(options.object, "8:0");
  EXPECT_TRUE(options.udev);
}

TEST(CommandLine, TakesTheBusAfterTheSubcommandToo) {
  EXPECT_EQ(parsed({"status", "--bus", "unix:path=/x"}).bus, "unix:path=/x");
}

TEST(CommandLine, AsksTheSystemBusUnlessTold) {
  EXPECT_EQ(parsed({"status"}).bus, "system");
}

TEST(CommandLine, ReadsWhenToColour) {
  EXPECT_EQ(parsed({"status"}).colour, ColourMode::kAuto);
  EXPECT_EQ(parsed({"--color", "always", "status"}).colour, ColourMode::kAlways);
  EXPECT_EQ(parsed({"--color", "never", "status"}).colour, ColourMode::kNever);
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(exit_code({}), terminal::kUsage);
  EXPECT_EQ(exit_code({"dance"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"status", "--since", "1"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"show"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"--color", "sometimes", "status"}), terminal::kUsage);
}

TEST(CommandLine, RefusesValuesOutOfRange) {
  EXPECT_EQ(exit_code({"monitor", "--since", "-1"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"monitor", "--priority", "8"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"monitor", "--group", "Sound"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"monitor", "--count", "0"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"monitor", "--timeout", "-1"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"monitor", "--timeout", "nan"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"on", "--jobs", "0", "--", "true"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"on", "--jobs", "257", "--", "true"}), terminal::kUsage);
  EXPECT_EQ(exit_code({"log", "--last", "0"}), terminal::kUsage);
}

TEST(CommandLine, ExplainsItselfWithExamplesAndExitCodes) {
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(exit_code({"--help"}), terminal::kDone);
  const std::string help = ::testing::internal::GetCapturedStdout();
  EXPECT_NE(help.find("Examples:"), help.npos);
  EXPECT_NE(help.find("Exit codes:"), help.npos);
}

TEST(CommandLine, TellsItsVersion) {
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(exit_code({"--version"}), terminal::kDone);
  EXPECT_TRUE(::testing::internal::GetCapturedStdout().starts_with("keventctl "));
}

}  // namespace
}  // namespace kevent::cli

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/terminal/exit_code.h"

namespace kevent::automount {
namespace {

std::variant<Options, int> parsed(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "kevent-automount");
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  return parse_options(static_cast<int>(pointers.size()), pointers.data());
}

TEST(AutomountOptions, MeanTheSystemBusAndTextByDefault) {
  const auto options = std::get<Options>(parsed({}));
  EXPECT_EQ(options.bus, "system");
  EXPECT_FALSE(options.json);
}

TEST(AutomountOptions, TakeBusAndRulesAndJson) {
  const auto options =
      std::get<Options>(parsed({"--bus", "session", "--rules", "/dev/null", "--json"}));
  EXPECT_EQ(options.bus, "session");
  EXPECT_EQ(options.rules, "/dev/null");
  EXPECT_TRUE(options.json);
}

TEST(AutomountOptions, RefuseAFileOfRulesThatIsNotThere) {
  EXPECT_EQ(std::get<int>(parsed({"--rules", "/nonexistent"})), terminal::kUsage);
}

TEST(AutomountOptions, RefuseWhatIsNone) {
  EXPECT_EQ(std::get<int>(parsed({"--nonsense"})), terminal::kUsage);
}

TEST(AutomountOptions, EndWithHelp) {
  EXPECT_EQ(std::get<int>(parsed({"--help"})), terminal::kDone);
}

}  // namespace
}  // namespace kevent::automount

// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-automount's command line and its file of rules, as a program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::automount {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class KeventAutomountWithABadFileOfRules : public ::testing::Test {
 protected:
  KeventAutomountWithABadFileOfRules() {
    std::filesystem::create_directory(directory_ / "kevent");
    std::ofstream(file_) << "[mine]\nLabel=x\nAction=eat\n";
  }

  support::TemporaryDirectory directory_;
  const std::string file_ = directory_ / "kevent/automount.conf";
};

TEST_F(KeventAutomountWithABadFileOfRules, NamesFileAndSectionAndWhatToWrite) {
  const auto outcome = support::run({support::built_program("kevent-automount"), "--rules", file_});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.error_output,
              AllOf(HasSubstr(file_), HasSubstr("[mine]"), HasSubstr("Action=ignore")));
}

TEST_F(KeventAutomountWithABadFileOfRules, FindsItInTheUsersConfiguration) {
  const auto outcome = support::run({support::built_program("kevent-automount")},
                                    {"XDG_CONFIG_HOME=" + directory_.path().string()});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.error_output, HasSubstr(file_));
}

}  // namespace
}  // namespace kevent::automount

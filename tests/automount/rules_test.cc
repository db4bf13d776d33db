// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/automount/sample.h"

namespace kevent::automount {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Action action_for(const BlockDevice& device, const std::string& text) {
  const base::Result<Rules> rules = Rules::parse(text, "test.conf");
  EXPECT_TRUE(rules.ok()) << rules.error().message();
  return rules->ruling(device).action;
}

std::string complaint_about(const std::string& text) {
  const base::Result<Rules> rules = Rules::parse(text, "test.conf");
  return rules ? std::string() : rules.error().message();
}

// M1
TEST(Rules, NameWhatIsToBeDone) {
  EXPECT_EQ(action_for(stick(), "[a]\nLabel=stick\nAction=ignore\n"), Action::kIgnore);
  EXPECT_EQ(action_for(stick(), "[a]\nLabel=stick\nAction=read-only\n"), Action::kReadOnly);
}

// M1
TEST(Rules, WantAnAction) {
  EXPECT_THAT(complaint_about("[a]\nLabel=stick\n"),
              AllOf(HasSubstr("test.conf"), HasSubstr("[a]"), HasSubstr("Action=ignore")));
}

// M1
TEST(Rules, WantACondition) {
  EXPECT_THAT(complaint_about("[all]\nAction=ignore\n"),
              AllOf(HasSubstr("[all]"), HasSubstr("say which devices")));
}

// M2
TEST(Rules, CompareUuidsWithoutCase) {
  EXPECT_EQ(action_for(stick(), "[a]\nUuid=1234-abcd\nAction=ignore\n"), Action::kIgnore);
}

// M2
TEST(Rules, TakeLabelsLiterally) {
  EXPECT_EQ(action_for(stick(), "[a]\nLabel=sti*\nAction=ignore\n"), Action::kMount);
}

// M2
TEST(Rules, TakeNodesAndLinksByPattern) {
  EXPECT_EQ(action_for(stick(), "[a]\nDevice=/dev/sd*\nAction=ignore\n"), Action::kIgnore);
  EXPECT_EQ(action_for(stick(), "[a]\nDevice=/dev/disk/by-label/*\nAction=ignore\n"),
            Action::kIgnore);
  EXPECT_EQ(action_for(stick(), "[a]\nDevice=/dev/sdc*\nAction=ignore\n"), Action::kMount);
}

// M2
TEST(Rules, TakeDrivesByPattern) {
  EXPECT_EQ(action_for(stick(), "[a]\nDrive=SanDisk-*\nAction=ignore\n"), Action::kIgnore);
  EXPECT_EQ(action_for(stick(), "[a]\nDrive=Kingston-*\nAction=ignore\n"), Action::kMount);
}

// M2
TEST(Rules, WantAllConditionsToHold) {
  EXPECT_EQ(action_for(stick(), "[a]\nLabel=stick\nUuid=FFFF-FFFF\nAction=ignore\n"),
            Action::kMount);
}

// M3
TEST(Rules, TakeTheFirstThatHolds) {
  EXPECT_EQ(
      action_for(stick(), "[a]\nLabel=stick\nAction=read-only\n[b]\nLabel=stick\nAction=ignore\n"),
      Action::kReadOnly);
}

// M3
TEST(Rules, SayWhichOneItIs) {
  const base::Result<Rules> rules = Rules::parse("[b]\nLabel=stick\nAction=ignore\n", "test.conf");
  ASSERT_TRUE(rules.ok());
  EXPECT_EQ(rules->ruling(stick()).rule, "b");
}

// M4
TEST(Rules, RefuseAKeyThatIsNone) {
  EXPECT_THAT(complaint_about("[a]\nLable=stick\nAction=ignore\n"),
              AllOf(HasSubstr("[a]"), HasSubstr("Lable")));
}

// M4
TEST(Rules, RefuseAnActionThatIsNone) {
  EXPECT_THAT(complaint_about("[a]\nLabel=stick\nAction=eat\n"), HasSubstr("[a]"));
}

// M4
TEST(Rules, RefuseALineThatIsNone) {
  EXPECT_THAT(complaint_about("[a]\nnonsense\n"), HasSubstr("nonsense"));
}

// M4
TEST(Rules, RefuseTwoSectionsOfOneName) {
  EXPECT_THAT(complaint_about("[a]\nUuid=1\nAction=ignore\n[b]\nUuid=2\nAction=ignore\n"
                              " [a] \nUuid=3\n"),
              AllOf(HasSubstr("test.conf"), HasSubstr("section [a]"), HasSubstr("of this name")));
}

// M4
TEST(Rules, RefuseAKeyThatIsThereTwice) {
  EXPECT_THAT(complaint_about("[a]\nUuid=1\n# Uuid=2\nUuid = 3\nAction=ignore\n"),
              AllOf(HasSubstr("section [a]"), HasSubstr("\"Uuid\" is there twice")));
}

// M4
TEST(Rules, RefuseAFileThatIsNone) {
  EXPECT_FALSE(Rules::load("/proc").ok());
}

// M5
TEST(Rules, AreNoneWithoutAFile) {
  const base::Result<Rules> rules = Rules::load("/nonexistent/automount.conf");
  ASSERT_TRUE(rules.ok());
  EXPECT_EQ(rules->ruling(stick()), Ruling());
}

}  // namespace
}  // namespace kevent::automount

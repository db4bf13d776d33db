// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/decision.h"

#include <gtest/gtest.h>

#include "tests/automount/sample.h"

namespace kevent::automount {
namespace {

BlockDevice locked_stick() {
  BlockDevice device = stick();
  device.usage = "crypto";
  device.type = "crypto_LUKS";
  return device;
}

// A1
TEST(Decision, LeavesWhatIsNotAutomatic) {
  BlockDevice device = stick();
  device.hint_auto = false;
  EXPECT_EQ(decide(device, Action::kMount, false), Decision::kNothing);
}

// A1
TEST(Decision, LeavesWhatIsToBeIgnored) {
  BlockDevice device = stick();
  device.hint_ignore = true;
  EXPECT_EQ(decide(device, Action::kMount, false), Decision::kNothing);
}

// A2
TEST(Decision, KnowsWhatIsMounted) {
  EXPECT_EQ(decide(mounted(stick()), Action::kMount, false), Decision::kHasHadItsTurn);
}

// A3
TEST(Decision, GivesAMediumOneTurn) {
  EXPECT_EQ(decide(stick(), Action::kMount, true), Decision::kNothing);
}

// A4
TEST(Decision, WaitsForAFilesystem) {
  BlockDevice device = stick();
  device.usage.clear();
  EXPECT_EQ(decide(device, Action::kMount, false), Decision::kNothing);
}

// A4
TEST(Decision, LeavesOtherUses) {
  BlockDevice device = stick();
  device.usage = "raid";
  EXPECT_EQ(decide(device, Action::kMount, false), Decision::kNothing);
}

// A5
TEST(Decision, IgnoresByRule) {
  EXPECT_EQ(decide(stick(), Action::kIgnore, false), Decision::kIgnore);
}

// A5
TEST(Decision, IgnoresByRuleWhatIsLocked) {
  EXPECT_EQ(decide(locked_stick(), Action::kIgnore, false), Decision::kIgnore);
}

// A6
TEST(Decision, TellsALock) {
  EXPECT_EQ(decide(locked_stick(), Action::kMount, false), Decision::kTellLocked);
}

// A6
TEST(Decision, LeavesWhatIsUnlocked) {
  BlockDevice device = locked_stick();
  device.unlocked = true;
  EXPECT_EQ(decide(device, Action::kMount, false), Decision::kNothing);
}

// A7
TEST(Decision, Mounts) {
  EXPECT_EQ(decide(stick(), Action::kMount, false), Decision::kMount);
}

// A7
TEST(Decision, MountsReadOnlyByRule) {
  EXPECT_EQ(decide(stick(), Action::kReadOnly, false), Decision::kMountReadOnly);
}

}  // namespace
}  // namespace kevent::automount

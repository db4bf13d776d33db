// SPDX-License-Identifier: LGPL-2.1-or-later
// Ejections, and what goes wrong under the automounter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/automount/automounter_fixture.h"

namespace kevent::automount {
namespace {

using Kind = Request::Kind;
using Told = Notice::Kind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kNoReply[] = "org.freedesktop.DBus.Error.NoReply";
constexpr char kNotAuthorized[] = "org.freedesktop.UDisks2.Error.NotAuthorizedCanObtain";
constexpr char kAlreadyMounted[] = "org.freedesktop.UDisks2.Error.AlreadyMounted";
constexpr char kBusy[] = "org.freedesktop.UDisks2.Error.DeviceBusy";

// S6
TEST_F(AutomounterTest, UnmountsAllOfTheDriveAndThenEjects) {
  begin_with({mounted(stick()), mounted(second_stick())});
  happen("eject_request");
  EXPECT_THAT(requests(), UnorderedElementsAre(Request{Kind::kUnmount, stick().object},
                                               Request{Kind::kUnmount, second_stick().object}));
  answer(Kind::kUnmount, stick().object);
  EXPECT_THAT(requests(), IsEmpty());
  answer(Kind::kUnmount, second_stick().object);
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kEject, stick().drive}));
  answer(Kind::kEject, stick().drive);
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kEjected)));
}

// S6
TEST_F(AutomounterTest, LeavesOtherDrivesMounted) {
  BlockDevice other = mounted(second_stick());
  other.drive += "other";
  begin_with({mounted(stick()), other});
  happen("eject_request");
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kUnmount, stick().object}));
}

// S6
TEST_F(AutomounterTest, UnmountsThePartitionsOfADeviceWithoutADrive) {
  BlockDevice disk = blank(stick());
  disk.drive.clear();
  BlockDevice partition = mounted(second_stick());
  partition.drive.clear();
  partition.table = disk.object;
  begin_with({disk, partition});
  happen("eject_request");
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kUnmount, partition.object}));
  answer(Kind::kUnmount, partition.object);
  EXPECT_THAT(requests(), IsEmpty());
}

// S6
TEST_F(AutomounterTest, DoesNotEjectWhatIsBusy) {
  begin_with({mounted(stick())});
  happen("eject_request");
  requests();
  answer(Kind::kUnmount, stick().object, kBusy);
  EXPECT_THAT(requests(), IsEmpty());
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "cannot be unmounted")));
}

// S6
TEST_F(AutomounterTest, CanEjectAfterAFailure) {
  begin_with({mounted(stick())});
  happen("eject_request");
  answer(Kind::kUnmount, stick().object, kBusy);
  requests();
  happen("eject_request");
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kUnmount, stick().object}));
}

// S6
TEST_F(AutomounterTest, TakesTheSameRequestOnce) {
  begin_with({mounted(stick())});
  happen("eject_request");
  happen("eject_request");
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kUnmount, stick().object}));
}

// S6
TEST_F(AutomounterTest, TellsADriveThatDoesNotEject) {
  begin_with({stick()});
  happen("eject_request");
  answer(Kind::kEject, stick().drive, kBusy);
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "what udisks2 says")));
}

// S6: pressed again, the button is heard again.
TEST_F(AutomounterTest, TellsThatPolkitRefusesToEject) {
  begin_with({stick()});
  happen("eject_request");
  answer(Kind::kEject, stick().drive, kNotAuthorized);
  EXPECT_THAT(notices(),
              ElementsAre(Notice{Told::kFailed, stick(), "not ejected: polkit does not allow it"}));
}

// S7
TEST_F(AutomounterTest, TellsWhyAMountFailed) {
  begin_with({stick()});
  answer(Kind::kMount, stick().object, kBusy);
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "what udisks2 says")));
}

// S7
TEST_F(AutomounterTest, TellsThatPolkitRefuses) {
  begin_with({stick()});
  answer(Kind::kMount, stick().object, kNotAuthorized);
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "polkit does not allow it")));
}

// S7
TEST_F(AutomounterTest, DoesNotAskAgainForWhatFailed) {
  begin_with({stick()});
  answer(Kind::kMount, stick().object, kBusy);
  happen("change");
  EXPECT_THAT(requests(), IsEmpty());
}

// S8
TEST_F(AutomounterTest, TellsAnEjectionThatUdisksIsNotThereFor) {
  begin_with({mounted(stick())});
  say(Absent{});
  happen("eject_request");
  EXPECT_THAT(requests(), IsEmpty());
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "udisks2 is away")));
}

// S8: without an answer, as when the bus is lost.
TEST_F(AutomounterTest, AsksAgainWhenUdisksWentAwayWithoutAnAnswer) {
  begin_with({stick()});
  say(Absent{});
  say(Present{{stick()}});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S8
TEST_F(AutomounterTest, TellsAnEjectionThatUdisksWentAwayOver) {
  begin_with({mounted(stick())});
  happen("eject_request");
  answer(Kind::kUnmount, stick().object, kNoReply);
  say(Absent{});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "udisks2 went away")));
}

// S8
TEST_F(AutomounterTest, AsksAgainWhenUdisksWentAwayOverIt) {
  begin_with({stick()});
  answer(Kind::kMount, stick().object, kNoReply);
  say(Absent{});
  EXPECT_THAT(notices(), IsEmpty());
  say(Present{{stick()}});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S8
TEST_F(AutomounterTest, DoesNotAskAgainForWhatWasMountedWhenUdisksWentAway) {
  begin_with({stick()});
  say(Changed{mounted(stick()), false});
  say(Changed{stick(), false});
  answer(Kind::kMount, stick().object, kNoReply);
  say(Absent{});
  say(Present{{stick()}});
  EXPECT_THAT(requests(), IsEmpty());
}

// S7
TEST_F(AutomounterTest, TellsADeviceThatWentAway) {
  begin_with({stick()});
  say(Removed{stick().object});
  answer(Kind::kMount, stick().object, "org.freedesktop.DBus.Error.UnknownObject");
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kFailed, "went away")));
}

// S7
TEST_F(AutomounterTest, HasNothingToSayWhereSomebodyElseWasQuicker) {
  begin_with({stick()});
  answer(Kind::kMount, stick().object, kAlreadyMounted);
  EXPECT_THAT(notices(), IsEmpty());
}

}  // namespace
}  // namespace kevent::automount

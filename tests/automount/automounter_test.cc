// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/automounter.h"

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

// S1
TEST_F(AutomounterTest, MountsAWantedDeviceAtOnceWhenItsFilesystemIsKnown) {
  begin_with({});
  say(Changed{stick(), true});
  happen("add");
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S1
TEST_F(AutomounterTest, WaitsForUdisks) {
  begin_with({blank(stick())});
  happen("add");
  EXPECT_THAT(requests(), IsEmpty());
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S1
TEST_F(AutomounterTest, WantsADeviceForHalfAMinute) {
  begin_with({});
  happen("add");
  now_ += Automounter::kWantedFor;
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), IsEmpty());
}

// S1
TEST_F(AutomounterTest, LeavesWhatNoEventIsAbout) {
  begin_with({});
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), IsEmpty());
}

// S1
TEST_F(AutomounterTest, TakesNoCharacterDeviceForABlockDevice) {
  begin_with({});
  event::Event event = block_event("add");
  event.details.set(event::key::kSubsystem, std::string("tty"));
  automounter_.happened(event, now_);
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), IsEmpty());
}

// S1
TEST_F(AutomounterTest, AsksOnce) {
  begin_with({});
  happen("add");
  say(Changed{stick(), true});
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S2
TEST_F(AutomounterTest, LeavesUnmountedWhatWasUnmounted) {
  begin_with_unmounted_stick();
  happen("change");
  EXPECT_THAT(requests(), IsEmpty());
}

// S2
TEST_F(AutomounterTest, MountsAgainWhatIsAddedAgain) {
  begin_with_unmounted_stick();
  happen("remove");
  say(Removed{stick().object});
  happen("add");
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S2
TEST_F(AutomounterTest, MountsAnotherFilesystem) {
  begin_with_unmounted_stick();
  happen("change");
  BlockDevice formatted = stick();
  formatted.uuid = "9999-9999";
  say(Changed{formatted, true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S3
TEST_F(AutomounterTest, DoesNotPullAnEjectedDiscInAgain) {
  begin_with_unmounted_stick();
  change_medium(4096);
  happen("change");
  EXPECT_THAT(requests(), IsEmpty());
}

// S3
TEST_F(AutomounterTest, MountsTheNextMediumThoughItIsTheSame) {
  begin_with_unmounted_stick();
  change_medium(4096);
  say(Changed{blank(stick()), true});
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S3
TEST_F(AutomounterTest, TakesUdisksAtItsOldWordAfterAWhile) {
  begin_with_unmounted_stick();
  change_medium(4096);
  ASSERT_EQ(automounter_.next(), now_ + Automounter::kOutdatedFor);
  now_ += Automounter::kOutdatedFor;
  automounter_.passed(now_);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
  EXPECT_EQ(automounter_.next(), std::nullopt);
}

// S3
TEST_F(AutomounterTest, DoesNotTakeUdisksAtItsOldWordBefore) {
  begin_with_unmounted_stick();
  change_medium(4096);
  automounter_.passed(now_ + Automounter::kOutdatedFor - std::chrono::milliseconds(1));
  EXPECT_THAT(requests(), IsEmpty());
}

// S3
TEST_F(AutomounterTest, KnowsNothingNewFromAMountPoint) {
  begin_with_unmounted_stick();
  change_medium(4096);
  say(Changed{stick(), false});
  EXPECT_THAT(requests(), IsEmpty());
}

// S3
TEST_F(AutomounterTest, MountsWhatIsToldLateAtOnce) {
  begin_with_unmounted_stick();
  find_medium(4096);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S10
TEST_F(AutomounterTest, WaitsForTheSizeOfAMedium) {
  begin_with_unmounted_stick();
  change_medium();
  say(Changed{blank(stick()), true});
  say(Changed{stick(), true});
  now_ += Automounter::kOutdatedFor;
  automounter_.passed(now_);
  EXPECT_THAT(requests(), IsEmpty());
  find_medium(4096);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S10
TEST_F(AutomounterTest, WaitsForUdisksWhenTheSizeIsKnownFirst) {
  begin_with_unmounted_stick();
  change_medium();
  find_medium(4096);
  EXPECT_THAT(requests(), IsEmpty());
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S10
TEST_F(AutomounterTest, DoesNotMountWhereThereIsNoMedium) {
  begin_with_unmounted_stick();
  change_medium();
  find_medium(0);
  now_ += Automounter::kOutdatedFor;
  automounter_.passed(now_);
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), IsEmpty());
}

// S10
TEST_F(AutomounterTest, GivesAChangeOfMediumOneTurn) {
  begin_with_unmounted_stick();
  change_medium();
  find_medium(4096);
  say(Changed{stick(), true});
  say(Changed{mounted(stick()), false});
  say(Changed{stick(), false});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S10
TEST_F(AutomounterTest, WaitsForNoSizeThatMayBeLost) {
  begin_with_unmounted_stick();
  change_medium();
  say(Changed{stick(), true});
  automounter_.happened(event::events_lost("uevent", 1, 0), now_);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S10
TEST_F(AutomounterTest, WaitsForNoSizeOfADeviceThatIsAddedAgain) {
  begin_with_unmounted_stick();
  change_medium();
  happen("remove");
  say(Removed{stick().object});
  happen("add");
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S4
TEST_F(AutomounterTest, TakesWhatIsThere) {
  say(Present{{stick(), second_stick()}});
  EXPECT_THAT(requests(),
              UnorderedElementsAre(mount_it_, Request{Kind::kMount, second_stick().object}));
}

// S4
TEST_F(AutomounterTest, TakesWhatUdisksFindsSoonAfter) {
  say(Present{{}});
  say(Changed{stick(), true});
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S4
TEST_F(AutomounterTest, TellsNothingOfWhatWasMountedBefore) {
  say(Present{{mounted(stick())}});
  EXPECT_THAT(notices(), IsEmpty());
}

// S4
TEST_F(AutomounterTest, TakesWhatCameBeforeTheKernelWasHeard) {
  begin_with({});
  say(Changed{stick(), true});
  automounter_.follows(now_);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S4
TEST_F(AutomounterTest, TakesWhatCameUnheard) {
  begin_with({});
  say(Changed{stick(), true});
  automounter_.happened(event::events_lost("uevent", 3, 0), now_);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S4
TEST_F(AutomounterTest, TakesWhatTheLogNoLongerHolds) {
  begin_with({});
  say(Changed{stick(), true});
  automounter_.happened(client::Overwritten{3}, now_);
  EXPECT_THAT(requests(), ElementsAre(mount_it_));
}

// S4
TEST_F(AutomounterTest, LeavesUnmountedWhatWasUnmountedWhenUdisksComesBack) {
  begin_with_unmounted_stick();
  say(Absent{});
  say(Present{{stick()}});
  EXPECT_THAT(requests(), IsEmpty());
}

// S5
TEST_F(AutomounterTest, HasAnAbsentUdisksLook) {
  say(Absent{});
  happen("add");
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kLook, ""}));
}

TEST_F(AutomounterTest, TellsWhatUdisksSaysIsMounted) {
  begin_with({stick()});
  answer(Kind::kMount, stick().object);
  EXPECT_THAT(notices(), IsEmpty());
  say(Changed{mounted(stick()), false});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kMounted)));
}

TEST_F(AutomounterTest, TellsOfAnUnmountWhereItWasMounted) {
  begin_with({mounted(stick())});
  say(Changed{stick(), false});
  EXPECT_THAT(notices(), ElementsAre(Notice{Told::kUnmounted, mounted(stick()), ""}));
}

TEST_F(AutomounterTest, TellsOfAMountedDeviceThatUdisksRemoves) {
  begin_with({mounted(stick())});
  say(Removed{stick().object});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kUnmounted, "removed")));
}

// S9
TEST_F(AutomounterTest, TellsARemovalWhileMounted) {
  begin_with({mounted(stick())});
  remove_while_mounted();
  happen("remove");
  EXPECT_THAT(notices(), ElementsAre(Notice{Told::kRemovedWhileMounted, mounted(stick()),
                                            "data not yet written to it is lost"}));
}

// S9
TEST_F(AutomounterTest, TellsThatARemovalWhileMountedReadOnlyLosesNothing) {
  begin_with({mounted(stick())});
  remove_while_mounted(true);
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kRemovedWhileMounted, "no data is lost")));
}

// S9
TEST_F(AutomounterTest, DoesNotTellTheUnmountAfterARemoval) {
  begin_with({mounted(stick()), mounted(second_stick())});
  remove_while_mounted();
  notices();
  say(Changed{stick(), false});
  say(Removed{stick().object});
  EXPECT_THAT(notices(), IsEmpty());
  say(Removed{second_stick().object});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kUnmounted)));
}

// S9
TEST_F(AutomounterTest, DoesNotTellTwiceThatUdisksRemovesARemovedDevice) {
  begin_with({mounted(stick())});
  remove_while_mounted();
  notices();
  say(Removed{stick().object});
  EXPECT_THAT(notices(), IsEmpty());
}

// S9
TEST_F(AutomounterTest, TellsARemovalWhileMountedThatUdisksSawFirst) {
  begin_with({mounted(stick())});
  say(Removed{stick().object});
  notices();
  remove_while_mounted();
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kRemovedWhileMounted)));
}

// S9
TEST_F(AutomounterTest, CallsARemovalWhileItIsBeingMountedNoFailure) {
  begin_with({stick()});
  happen("add");
  remove_while_mounted();
  answer(Kind::kMount, stick().object, "org.freedesktop.DBus.Error.UnknownObject");
  BlockDevice where = stick();
  where.mount_points = {"/media/user/stick"};
  EXPECT_THAT(notices(), ElementsAre(Notice{Told::kRemovedWhileMounted, where,
                                            "data not yet written to it is lost"}));
}

// S9
TEST_F(AutomounterTest, CallsARemovalDuringAnEjectionNoFailure) {
  begin_with({mounted(stick())});
  happen("eject_request");
  remove_while_mounted();
  answer(Kind::kUnmount, stick().object, "org.freedesktop.DBus.Error.UnknownObject");
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kRemovedWhileMounted)));
}

// S9
TEST_F(AutomounterTest, TellsUnmountsOfADeviceThatIsAddedAgain) {
  begin_with({mounted(stick())});
  remove_while_mounted();
  happen("remove");
  say(Removed{stick().object});
  happen("add");
  say(Changed{mounted(stick()), true});
  notices();
  say(Changed{stick(), false});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kUnmounted)));
}

// S9
TEST_F(AutomounterTest, DoesNotTellARemovalOfWhatIsNotAutomatic) {
  BlockDevice internal = mounted(stick());
  internal.hint_auto = false;
  begin_with({internal});
  remove_while_mounted();
  EXPECT_THAT(notices(), IsEmpty());
}

TEST_F(AutomounterTest, TellsWhatWasRemovedWhileUdisksWasAway) {
  begin_with({mounted(stick())});
  say(Absent{});
  say(Present{{}});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kUnmounted, "removed")));
}

TEST_F(AutomounterTest, IgnoresByRuleAndSaysWhich) {
  automounter_ = Automounter(rules("[mine]\nLabel=stick\nAction=ignore\n"));
  say(Present{{stick()}});
  EXPECT_THAT(requests(), IsEmpty());
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kIgnored, "[mine]")));
}

TEST_F(AutomounterTest, MountsReadOnlyByRuleAndSaysWhich) {
  automounter_ = Automounter(rules("[mine]\nLabel=stick\nAction=read-only\n"));
  say(Present{{stick()}});
  EXPECT_THAT(requests(), ElementsAre(Request{Kind::kMountReadOnly, stick().object}));
  say(Changed{mounted(stick()), false});
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kMounted, "[mine]")));
}

TEST_F(AutomounterTest, TellsALockOnce) {
  BlockDevice locked = stick();
  locked.usage = "crypto";
  say(Present{{locked}});
  happen("change");
  EXPECT_THAT(notices(), ElementsAre(is_told(Told::kLocked)));
}

}  // namespace
}  // namespace kevent::automount

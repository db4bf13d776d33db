// SPDX-License-Identifier: LGPL-2.1-or-later
// Rules N4 to N6 and N15 of gui/model/notices.h, as a person sees them.
#include "gui/model/mount_notices.h"

#include <gmock/gmock.h>

#include "tests/gui/notices_fixture.h"

namespace kevent::gui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using namespace std::chrono_literals;

class MountNoticesTest : public NoticesFixture {
 public:
  bool tells(const event::Event& event) {
    const std::size_t before = screen.shown();
    happens(event);
    return screen.shown() > before;
  }
};

// N4
TEST_F(MountNoticesTest, AMountOffersToOpen) {
  happens(mounted());
  EXPECT_EQ(title_of(screen.only()), "STICK was mounted");
  EXPECT_EQ(body_of(screen.only()), "sdb1 (ext4) on /media/ann/STICK");
  EXPECT_THAT(screen.only().actions, ElementsAre(Action::kOpen, Action::kEject));
  EXPECT_EQ(screen.only().mount_point, "/media/ann/STICK");
  EXPECT_EQ(screen.only().object, kPartition);
}

// N4
TEST_F(MountNoticesTest, WhatCannotBeUnpluggedIsNotOfferedToEject) {
  happens(mounted(kInternal, "/mnt"));
  EXPECT_THAT(screen.only().actions, ElementsAre(Action::kOpen));
}

// N4
TEST_F(MountNoticesTest, AnyBlockDeviceIsToldWherePeopleLook) {
  EXPECT_TRUE(tells(mounted(kInternal, "/media/data")));
  EXPECT_TRUE(tells(mounted(kInternal, "/run/media/ann/data")));
  EXPECT_TRUE(tells(mounted(kInternal, "/mnt")));
  EXPECT_FALSE(tells(mounted(kInternal, "/srv/data")));
  EXPECT_FALSE(tells(mounted(kInternal, "/mntx")));
}

// N4
TEST_F(MountNoticesTest, WhatCanBeUnpluggedIsToldNearlyAnywhere) {
  EXPECT_TRUE(tells(mounted(kPartition, "/srv/stick")));
  EXPECT_TRUE(tells(mounted(kLoop, "/tmp/image")));
  for (const char* place : {"/", "/boot/efi", "/home", "/run/x", "/snap/core/1", "/var/lib/x"}) {
    EXPECT_FALSE(tells(mounted(kPartition, place))) << place;
    EXPECT_FALSE(tells(mounted(kLoop, place))) << place;
  }
}

// N4
TEST_F(MountNoticesTest, WhatIsNoBlockDeviceIsNotTold) {
  for (const char* object : {"/fs/tmpfs", "/fs/overlay", "/fs/cgroup2", "/fs/nfs4"}) {
    EXPECT_FALSE(tells(mounted(object, "/mnt/x"))) << object;
  }
}

// N4
TEST_F(MountNoticesTest, APartOfAFilesystemIsNotToldUnlessASubvolume) {
  const auto part = with(mounted(), key::kMountRoot, std::string("/folder"));
  EXPECT_FALSE(tells(part));
  EXPECT_TRUE(tells(with(part, key::kFileSystem, std::string("btrfs"))));
}

// N4
TEST_F(MountNoticesTest, TheFilesystemItselfIsNotTold) {
  EXPECT_FALSE(tells(claimed()));
}

// N1
TEST_F(MountNoticesTest, EachDeviceOfOneFilesystemSpeaksOfOneMatter) {
  happens(mounted(kPartition));
  happens(mounted(kOtherPartition));
  EXPECT_EQ(screen.open().size(), 1U);
}

// N5
TEST_F(MountNoticesTest, AnUnmountReplacesTheMount) {
  happens(mounted());
  happens(unmounted());
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
  EXPECT_EQ(body_of(screen.only()), "sdb1 is not on /media/ann/STICK any more.");
  EXPECT_THAT(screen.only().actions, IsEmpty());
}

// N5
TEST_F(MountNoticesTest, AnUnmountSaysThatItIsMountedElsewhere) {
  happens(unmounted(kPartition, "/media/ann/STICK", 1));
  EXPECT_EQ(body_of(screen.only()), "It is still mounted elsewhere.");
}

// N5
TEST_F(MountNoticesTest, AMountPointThatNobodySawIsNotTold) {
  auto unseen = make_event(event::Group::kFs, "/fs", event::signal::kUmount, 5, "mount");
  unseen.details.set(key::kMountId, std::uint64_t{17});
  EXPECT_FALSE(tells(unseen));
}

// N1
TEST_F(MountNoticesTest, AMoveEndsTheNoticeOfTheOldPlace) {
  happens(mounted());
  auto moved = mount_event(event::signal::kRemount, kPartition, "/media/ann/NEW", 1);
  moved.details.set_text(key::kOldMountPoint, "/media/ann/STICK");
  happens(moved);
  EXPECT_THAT(screen.titles(), IsEmpty());
}

// N6
TEST_F(MountNoticesTest, OnlyTheFilesystemSaysThatItMayBeRemoved) {
  happens(mounted());
  happens(unmounted());
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
  happens(released());
  EXPECT_EQ(title_of(screen.only()), "STICK may be removed now");
}

// N6
TEST_F(MountNoticesTest, TheFilesystemMaySpeakBeforeTheMountTable) {
  happens(mounted());
  happens(released());
  happens(unmounted());
  EXPECT_EQ(title_of(screen.only()), "STICK may be removed now");
}

// N6
TEST_F(MountNoticesTest, ALateWordOfTheFilesystemIsOfNoUse) {
  happens(at(mounted(), 1'000));
  happens(at(unmounted(), 2'000));
  happens(at(mounted(), 4'000));
  happens(at(released(), 3'000));
  EXPECT_EQ(title_of(screen.only()), "STICK was mounted");
}

// N6
TEST_F(MountNoticesTest, AReleaseIsForgottenAtTheNextMount) {
  happens(mounted());
  happens(released());
  happens(mounted());
  happens(unmounted());
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
}

// N6
TEST_F(MountNoticesTest, ADriveInUseMayNotBeRemoved) {
  happens(claimed(kOtherPartition));
  happens(mounted());
  happens(released());
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
  EXPECT_EQ(body_of(screen.only()),
            "All is written, but other filesystems of the drive are in use.");
}

// N6
TEST_F(MountNoticesTest, ADriveWhoseLastFilesystemGoesMayBeRemoved) {
  happens(claimed(kOtherPartition));
  happens(mounted());
  happens(released(kOtherPartition));
  happens(released());
  EXPECT_TRUE(screen.open().contains(QStringLiteral("mount:/media/ann/STICK")));
  EXPECT_EQ(title_of(screen.open().at(QStringLiteral("mount:/media/ann/STICK"))),
            "STICK may be removed now");
}

// N6
TEST_F(MountNoticesTest, WhatIsPutTogetherIsNeverSaidToBeRemovable) {
  happens(mounted(kMapper));
  happens(released(kMapper));
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
  EXPECT_EQ(body_of(screen.only()), "All is written.");
}

// N6
TEST_F(MountNoticesTest, AFilesystemOfTheSystemIsNotTold) {
  happens(mounted(kInternal, "/boot"));
  happens(released(kInternal));
  EXPECT_EQ(screen.shown(), 0U);
}

// N6
TEST_F(MountNoticesTest, WhatCanBeUnpluggedIsToldThoughNobodySawItMounted) {
  happens(released());
  EXPECT_EQ(title_of(screen.only()), "sdb1 may be removed now");
}

// N6
TEST_F(MountNoticesTest, WhatTheUserHadEjectedMayBeRemoved) {
  happens(media_change(kStick, 5));
  happens(unmounted());
  notices.ejected(kPartition, now);
  apply();
  EXPECT_EQ(title_of(screen.only()), "sdb may be removed now");
  happens(removed(kPartition));
  happens(removed(kStick));
  EXPECT_EQ(title_of(screen.only()), "sdb may be removed now");
}

// N1
TEST_F(MountNoticesTest, ADeviceThatGoesTakesItsMountAlong) {
  happens(mounted());
  happens(removed(kPartition));
  EXPECT_THAT(screen.titles(), IsEmpty());
}

// N1
TEST_F(MountNoticesTest, ADeviceThatGoesLeavesThatItMayBeRemoved) {
  happens(mounted());
  happens(released());
  happens(removed(kPartition));
  EXPECT_EQ(title_of(screen.only()), "STICK may be removed now");
}

// N11
TEST_F(MountNoticesTest, WhatWasFoundIsToldAsAState) {
  happens(synthesized(mounted()));
  EXPECT_EQ(title_of(screen.only()), "STICK is mounted");
  EXPECT_EQ(screen.only().urgency, Urgency::kLow);
  happens(synthesized(unmounted()));
  EXPECT_EQ(title_of(screen.only()), "STICK is not mounted any more");
}

// N12
TEST_F(MountNoticesTest, TheHistoryIsKnownButNotTold) {
  notices.history(mounted(kInternal, "/mnt/data"), now);
  notices.history_ended(now);
  apply();
  EXPECT_EQ(screen.shown(), 0U);
  happens(released(kInternal));
  EXPECT_EQ(title_of(screen.only()), "data may be removed now");
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedIsAnErrorThatStays) {
  happens(removed_while_mounted());
  EXPECT_EQ(title_of(screen.only()), "STICK was removed while it was mounted");
  EXPECT_EQ(body_of(screen.only()),
            "It was mounted on /media/ann/STICK. Data not yet written to it is lost. Check the "
            "files that were changed last.");
  EXPECT_EQ(screen.only().kind, NoticeKind::kError);
  EXPECT_EQ(screen.only().urgency, Urgency::kCritical);
  EXPECT_TRUE(screen.only().stays);
  EXPECT_THAT(screen.only().actions, ElementsAre(Action::kShow));
  EXPECT_EQ(screen.only().object, kPartition);
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedNamesTwoPlacesAndCountsMore) {
  happens(removed_while_mounted(kPartition, {"/media/ann/STICK", "/mnt/b"}));
  EXPECT_THAT(body_of(screen.only()),
              StartsWith("It was mounted on /media/ann/STICK and /mnt/b. Data"));
  happens(removed_while_mounted(kPartition, {"/media/ann/STICK", "/mnt/b", "/mnt/c"}));
  EXPECT_THAT(body_of(screen.only()),
              StartsWith("It was mounted on /media/ann/STICK and in 2 other place(s). Data"));
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedReadOnlyLosesNothing) {
  happens(with(removed_while_mounted(), key::kReadOnly, true));
  EXPECT_EQ(title_of(screen.only()), "STICK was removed while it was mounted");
  EXPECT_EQ(body_of(screen.only()),
            "It was mounted on /media/ann/STICK. It was read-only, so no data is lost.");
  EXPECT_EQ(screen.only().urgency, Urgency::kNormal);
  EXPECT_FALSE(screen.only().stays);
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedOnTheRootHasTheDevicesName) {
  happens(removed_while_mounted(kInternal, {"/"}));
  EXPECT_EQ(title_of(screen.only()), "nvme0n1p2 was removed while it was mounted");
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedWithoutDetailsIsToldWithoutThem) {
  happens(storage_event(event::signal::kRemovedWhileMounted, kPartition, 3));
  EXPECT_EQ(title_of(screen.only()), "sdb1 was removed while it was mounted");
  EXPECT_THAT(body_of(screen.only()), StartsWith("Data not yet written to it is lost."));
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedIsTheOnlyNoticeOfAPull) {
  happens(mounted());
  at_once(removed_while_mounted());
  at_once(removed(kPartition));
  at_once(removed(kStick));
  at_once(unmounted());
  at_once(unmounted(kPartition, "/mnt/b"));
  at_once(released());
  at_once(io_error(kStick));
  wait(1min);
  EXPECT_EQ(title_of(screen.only()), "STICK was removed while it was mounted");
  EXPECT_EQ(screen.shown(), 2U);
}

// N15
TEST_F(MountNoticesTest, ARemovalWhileMountedReplacesTheIoErrorBeforeIt) {
  at_once(io_error(kStick));
  at_once(removed_while_mounted());
  at_once(removed(kPartition));
  at_once(removed(kStick));
  wait(1min);
  EXPECT_EQ(title_of(screen.only()), "STICK was removed while it was mounted");
}

// N15
TEST_F(MountNoticesTest, TwoPartitionsOfOnePullAreTwoNotices) {
  at_once(removed_while_mounted(kPartition, {"/media/ann/ONE"}));
  at_once(removed(kPartition));
  at_once(removed_while_mounted(kOtherPartition, {"/media/ann/TWO"}));
  at_once(removed(kOtherPartition));
  wait(1min);
  EXPECT_THAT(screen.titles(), ElementsAre("ONE was removed while it was mounted",
                                           "TWO was removed while it was mounted"));
}

// N15
TEST_F(MountNoticesTest, ADeviceThatIsAddedAgainIsToldOfAgain) {
  happens(removed_while_mounted());
  happens(removed(kPartition));
  happens(added(kStick));
  EXPECT_TRUE(tells(io_error(kStick)));
  EXPECT_TRUE(tells(mounted()));
  EXPECT_TRUE(tells(unmounted()));
}

// N15
TEST_F(MountNoticesTest, ADeviceThatIsMountedAgainIsToldOfAgain) {
  happens(removed_while_mounted());
  EXPECT_TRUE(tells(mounted()));
  EXPECT_TRUE(tells(unmounted()));
}

// N15
TEST_F(MountNoticesTest, ADeviceOnARemovedOneIsPartOfTheRemoval) {
  happens(mounted(kMapper, "/media/ann/SECRET"));
  at_once(removed_while_mounted(kPartition, {"/media/ann/SECRET"}));
  at_once(unmounted(kMapper, "/media/ann/SECRET"));
  at_once(removed(kMapper));
  wait(1min);
  EXPECT_EQ(title_of(screen.only()), "SECRET was removed while it was mounted");
  EXPECT_EQ(screen.shown(), 2U);
  EXPECT_TRUE(tells(mounted(kMapper, "/media/ann/SECRET")));
  EXPECT_TRUE(tells(unmounted(kMapper, "/media/ann/SECRET")));
}

// N15, N12
TEST_F(MountNoticesTest, ARemovalOfTheHistoryIsKnownButNotTold) {
  notices.history(removed_while_mounted(), now);
  notices.history_ended(now);
  EXPECT_FALSE(tells(unmounted()));
}

// N15, N11
TEST_F(MountNoticesTest, ARemovalWhileMountedThatWasFoundIsToldAsAState) {
  happens(synthesized(removed_while_mounted()));
  EXPECT_EQ(title_of(screen.only()), "STICK is gone and was not unmounted");
}

TEST_F(MountNoticesTest, ALabelIsTextWhateverIsInIt) {
  happens(mounted(kPartition, "/media/ann/<b>%1%n\u202e\n"));
  EXPECT_EQ(title_of(screen.only()), "<b>%1%n\\u{202e}\\x0a was mounted");
  EXPECT_EQ(screen.only().mount_point, "/media/ann/<b>%1%n\u202e\n");
}

TEST_F(MountNoticesTest, ANameOfFourKibibytesIsShort) {
  happens(mounted(kPartition, "/media/ann/" + std::string(4096, 'x')));
  EXPECT_LT(screen.only().title.size(), 120);
}

}  // namespace
}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
// Rules N7, N8 and N16 of gui/model/notices.h, as a person sees them.
#include "gui/model/storage_notices.h"

#include <gmock/gmock.h>

#include "tests/gui/notices_fixture.h"

namespace kevent::gui {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class StorageNoticesTest : public NoticesFixture {};

event::Event array_event(std::string_view signal) {
  return storage_event(signal, kArray, signal == event::signal::kDegraded ? 3 : 5);
}

// N7
TEST_F(StorageNoticesTest, AMediumIsOfferedToMountAndEject) {
  happens(media_change(kStick, 32'000'000'000));
  EXPECT_EQ(title_of(screen.only()), "New medium in sdb");
  EXPECT_EQ(body_of(screen.only()), "32.0 GB");
  EXPECT_THAT(screen.only().actions, ElementsAre(Action::kMount, Action::kEject));
}

// N7
TEST_F(StorageNoticesTest, AMediumThatIsGoneReplacesTheOfferQuietly) {
  happens(media_change(kStick, 32'000'000'000));
  happens(media_change(kStick, 0));
  EXPECT_EQ(title_of(screen.only()), "The medium was removed from sdb");
  EXPECT_EQ(screen.only().urgency, Urgency::kLow);
  EXPECT_THAT(screen.only().actions, IsEmpty());
}

// N7
TEST_F(StorageNoticesTest, AMountClosesTheOffer) {
  happens(media_change(kStick, 32'000'000'000));
  happens(mounted(kPartition, "/srv/not/told/../since/boot"));
  EXPECT_FALSE(screen.open().contains(QStringLiteral("medium:") + QLatin1String(kStick)));
}

// N7
TEST_F(StorageNoticesTest, AMountThatIsNotToldClosesTheOfferToo) {
  happens(media_change(kLoop, 4'096));
  happens(mounted(kLoop, "/snap/core/1"));
  EXPECT_THAT(screen.titles(), IsEmpty());
}

// N7
TEST_F(StorageNoticesTest, AMediumThatGoesRightAfterItsUnmountIsToldByThat) {
  happens(at(unmounted(kPartition), 1'000'000));
  happens(at(media_change(kStick, 0), 11'000'000));
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
}

// N7
TEST_F(StorageNoticesTest, AMediumWhoseGoingIsHeardOfBeforeItsUnmountIsToldByThat) {
  happens(at(media_change(kLoop, 0), 1'000'001));
  happens(at(unmounted(kLoop, "/mnt/STICK"), 1'000'000));
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
}

// N7
TEST_F(StorageNoticesTest, AMediumThatGoesLaterIsToldItself) {
  happens(at(unmounted(kPartition), 1'000'000));
  happens(at(media_change(kStick, 0), 11'000'001));
  EXPECT_THAT(screen.titles(), Contains("The medium was removed from sdb"));
}

// N7
TEST_F(StorageNoticesTest, AMediumOfAnotherDriveIsToldItself) {
  happens(unmounted(kPartition));
  happens(media_change(kLoop, 0));
  EXPECT_THAT(screen.titles(), Contains("The medium was removed from loop3"));
}

// N7
TEST_F(StorageNoticesTest, AMediumWhoseUnmountIsNotToldIsToldItself) {
  Settings settings;
  settings.told.mounts = false;
  notices.set_settings(settings);
  happens(unmounted(kPartition));
  happens(media_change(kStick, 0));
  EXPECT_EQ(title_of(screen.only()), "The medium was removed from sdb");
}

// N16
TEST_F(StorageNoticesTest, AMediaChangeWithoutSizeIsNotTold) {
  happens(media_change(kStick));
  happens(with(media_change(kStick, 1), key::kSize, std::string("big")));
  EXPECT_EQ(screen.shown(), 0U);
}

// N16
TEST_F(StorageNoticesTest, AnAwaitedSizeIsToldAsTheChange) {
  happens(media_change(kStick));
  happens(synthesized(media_change(kStick, 700'000'000)));
  EXPECT_EQ(title_of(screen.only()), "New medium in sdb");
  EXPECT_EQ(body_of(screen.only()), "700.0 MB");
}

// N16
TEST_F(StorageNoticesTest, AnEjectIsNeverANewMedium) {
  happens(media_change(kStick, 700'000'000));
  at_once(media_change(kStick));
  EXPECT_EQ(screen.shown(), 1U);
  happens(synthesized(media_change(kStick, 0)));
  EXPECT_EQ(title_of(screen.only()), "The medium was removed from sdb");
  EXPECT_EQ(screen.shown(), 2U);
}

// N16
TEST_F(StorageNoticesTest, AnInsertionIsToldOnce) {
  at_once(media_change(kStick));
  at_once(synthesized(media_change(kStick, 700'000'000)));
  at_once(media_change(kStick));
  at_once(synthesized(media_change(kStick, 700'000'000)));
  at_once(media_change(kStick, 700'000'000));
  wait(1min);
  EXPECT_EQ(title_of(screen.only()), "New medium in sdb");
  EXPECT_EQ(screen.shown(), 1U);
}

// N16
TEST_F(StorageNoticesTest, AnotherSizeIsAnotherMedium) {
  happens(media_change(kStick, 700'000'000));
  happens(media_change(kStick, 4'700'000'000));
  EXPECT_EQ(screen.shown(), 2U);
}

// N16
TEST_F(StorageNoticesTest, TheSameSizeAfterTenSecondsIsAnotherMedium) {
  at_once(media_change(kStick, 5));
  wait(9999ms);
  at_once(media_change(kStick, 5));
  EXPECT_EQ(screen.shown(), 1U);
  wait(1ms);
  at_once(media_change(kStick, 5));
  EXPECT_EQ(screen.shown(), 2U);
}

// N16
TEST_F(StorageNoticesTest, ADriveWithoutMediumLosesNone) {
  happens(media_change(kStick, 0));
  wait(1h);
  happens(media_change(kStick, 0));
  EXPECT_EQ(screen.shown(), 1U);
}

// N16
TEST_F(StorageNoticesTest, AnAwaitedSizeOfNoMediumIsToldByItsUnmount) {
  happens(at(media_change(kStick, 700'000'000), 1'000'000));
  happens(at(unmounted(kPartition), 2'000'000));
  happens(at(media_change(kStick), 3'000'000));
  happens(at(synthesized(media_change(kStick, 0)), 4'000'000));
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
  happens(at(media_change(kStick, 0), 60'000'000));
  EXPECT_EQ(title_of(screen.only()), "STICK was unmounted");
}

// N16
TEST_F(StorageNoticesTest, ADriveThatIsAddedAgainHasNoKnownSize) {
  happens(media_change(kStick, 0));
  happens(removed(kStick));
  happens(media_change(kStick, 0));
  EXPECT_EQ(screen.shown(), 2U);
}

// N7
TEST_F(StorageNoticesTest, AnEjectRequestIsTheDrivesWish) {
  happens(storage_event(event::signal::kEjectRequest, kStick));
  EXPECT_EQ(title_of(screen.only()), "sdb wants to be ejected");
  EXPECT_EQ(screen.only().urgency, Urgency::kLow);
  EXPECT_THAT(screen.only().actions, ElementsAre(Action::kEject));
}

// N11
TEST_F(StorageNoticesTest, AMediumThatWasFoundIsToldAsAState) {
  happens(synthesized(media_change(kStick, 0)));
  EXPECT_EQ(title_of(screen.only()), "sdb has no medium");
  happens(synthesized(media_change(kStick, 5)));
  EXPECT_EQ(title_of(screen.only()), "sdb has another medium");
}

// N8
TEST_F(StorageNoticesTest, AnIoErrorIsCriticalAndStays) {
  happens(io_error());
  EXPECT_EQ(title_of(screen.only()), "I/O error on sdb");
  EXPECT_EQ(body_of(screen.only()), "READ of sector 2048 failed: ENODATA.");
  EXPECT_EQ(screen.only().urgency, Urgency::kCritical);
  EXPECT_TRUE(screen.only().stays);
}

// N8
TEST_F(StorageNoticesTest, ASecondIoErrorSaysThatTheyRepeatAndAThirdNothingNew) {
  happens(io_error());
  happens(io_error(kStick, 4096));
  EXPECT_EQ(title_of(screen.only()), "I/O errors on sdb");
  EXPECT_EQ(screen.shown(), 2U);
  happens(io_error(kStick, 8192));
  EXPECT_EQ(screen.shown(), 2U);
}

// N8
TEST_F(StorageNoticesTest, AnIoErrorLongAfterIsANewOne) {
  happens(io_error());
  wait(10min);
  happens(io_error());
  EXPECT_EQ(title_of(screen.only()), "I/O error on sdb");
}

// N8
TEST_F(StorageNoticesTest, AnIoErrorWithoutDetailsIsToldWithoutThem) {
  happens(storage_event(event::signal::kIoError, kStick, 3));
  EXPECT_EQ(body_of(screen.only()), "A request failed.");
}

// N8
TEST_F(StorageNoticesTest, ADegradedArrayStaysUntilItIsSynchronized) {
  happens(array_event(event::signal::kDegraded));
  EXPECT_EQ(title_of(screen.only()), "md0 is degraded");
  EXPECT_TRUE(screen.only().stays);
  happens(array_event(event::signal::kSyncStart));
  EXPECT_EQ(title_of(screen.only()), "md0 is being synchronized");
  EXPECT_TRUE(screen.only().stays);
  happens(array_event(event::signal::kSyncAborted));
  EXPECT_TRUE(screen.only().stays);
  happens(array_event(event::signal::kSyncDone));
  EXPECT_EQ(title_of(screen.only()), "md0 is synchronized");
  EXPECT_FALSE(screen.only().stays);
}

// N8
TEST_F(StorageNoticesTest, AHealthyArrayIsSynchronizedQuietly) {
  happens(array_event(event::signal::kSyncStart));
  EXPECT_EQ(screen.only().urgency, Urgency::kLow);
  EXPECT_FALSE(screen.only().stays);
}

// N1
TEST_F(StorageNoticesTest, ADriveThatGoesTakesItsNoticesAlong) {
  happens(media_change(kStick, 5));
  happens(io_error());
  EXPECT_EQ(screen.open().size(), 2U);
  happens(removed(kStick));
  EXPECT_THAT(screen.titles(), IsEmpty());
}

TEST_F(StorageNoticesTest, OtherSignalsOfStorageAreNotTold) {
  for (const char* signal : {"resize", "read_only", "read_write", "spin_down"}) {
    happens(storage_event(signal, kStick));
  }
  EXPECT_EQ(screen.shown(), 0U);
}

}  // namespace
}  // namespace kevent::gui

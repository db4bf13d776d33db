// SPDX-License-Identifier: LGPL-2.1-or-later
// The rules of gui/model/notices.h that are about all kinds of notices, as a person sees them.
#include "gui/model/notices.h"

#include <gmock/gmock.h>

#include "tests/gui/notices_fixture.h"

namespace kevent::gui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class NoticesTest : public NoticesFixture {
 public:
  void pause(std::chrono::seconds time) {
    Settings settings;
    settings.paused_until = now.wall.addSecs(time.count());
    notices.set_settings(settings);
  }

  void switch_off(bool Told::*kind) {
    Settings settings;
    settings.told.*kind = false;
    notices.set_settings(settings);
  }
};

event::Event error_of_file_system() {
  auto event = make_event(event::Group::kFs, kPartition, "error", 3, "kernel");
  event.details.set_text(key::kText, "checksum %1");
  return event;
}

// N8
TEST_F(NoticesTest, AnUnknownErrorIsToldOfItsObject) {
  happens(error_of_file_system());
  EXPECT_EQ(title_of(screen.only()), "Error of sdb1");
  EXPECT_EQ(body_of(screen.only()), "error: checksum %1");
}

// N8
TEST_F(NoticesTest, AnUnknownSignalThatIsNoErrorIsNotTold) {
  auto event = error_of_file_system();
  event.priority = 4;
  happens(event);
  EXPECT_EQ(screen.shown(), 0U);
}

// N9
TEST_F(NoticesTest, LossesAreOneNoticeWithTheSum) {
  happens(event::events_lost("uevent", 3, 0));
  EXPECT_EQ(body_of(screen.only()), "3 event(s) of the source uevent are missing.");
  happens(event::events_lost("uevent", 4, 0));
  EXPECT_EQ(body_of(screen.only()), "7 event(s) of the source uevent are missing.");
  happens(event::events_lost("mount", 1, 0));
  EXPECT_EQ(body_of(screen.only()), "8 event(s) of several sources are missing.");
}

// N9
TEST_F(NoticesTest, ALossOfUnknownSizeSaysSo) {
  happens(event::events_lost("%1", 0, 0));
  EXPECT_EQ(body_of(screen.only()), "Nobody knows how many of the source %1 are missing.");
  happens(event::events_lost("%1", 5, 0));
  EXPECT_EQ(body_of(screen.only()), "At least 5 event(s) of the source %1 are missing.");
}

// N9
TEST_F(NoticesTest, WhatWasOverwrittenIsALossOfTheLog) {
  notices.overwritten(12, now);
  apply();
  EXPECT_EQ(body_of(screen.only()),
            "12 event(s) were overwritten in the log before they were read.");
}

// N9
TEST_F(NoticesTest, ASumNeverOverflows) {
  happens(event::events_lost("uevent", UINT64_MAX, 0));
  happens(event::events_lost("uevent", UINT64_MAX, 0));
  EXPECT_EQ(body_of(screen.only()), "2147483647 event(s) of the source uevent are missing.");
}

// N9
TEST_F(NoticesTest, ALossEndsAfterTenMinutes) {
  happens(event::events_lost("uevent", 3, 0));
  wait(10min);
  happens(event::events_lost("mount", 4, 0));
  EXPECT_EQ(body_of(screen.only()), "4 event(s) of the source mount are missing.");
}

// N9
TEST_F(NoticesTest, ALossThatWasReadIsNotCountedAgain) {
  happens(event::events_lost("uevent", 3, 0));
  notices.closed(QStringLiteral("lost"));
  happens(event::events_lost("uevent", 4, 0));
  EXPECT_EQ(body_of(screen.only()), "4 event(s) of the source uevent are missing.");
}

// N10
TEST_F(NoticesTest, AProgramIsQuotedAndNeverCritical) {
  happens(from_program(overheating()));
  EXPECT_EQ(title_of(screen.only()), "A program says of thermal_zone0: overheating");
  EXPECT_EQ(screen.only().urgency, Urgency::kNormal);
  EXPECT_FALSE(screen.only().stays);
}

// N10
TEST_F(NoticesTest, AProgramChangesNothing) {
  happens(overheating());
  happens(from_program(normal()));
  happens(from_program(removed(kZone)));
  EXPECT_THAT(screen.titles(), ElementsAre("thermal_zone0 is overheating"));
}

// N10
TEST_F(NoticesTest, AProgramLosesNoEvents) {
  happens(from_program(event::events_lost("uevent", 3, 0)));
  EXPECT_EQ(title_of(screen.only()), "A program says of /: events_lost");
}

// N10
TEST_F(NoticesTest, AProgramIsNotQuotedOfSmallThings) {
  happens(from_program(mounted()));
  EXPECT_EQ(screen.shown(), 0U);
}

// N12
TEST_F(NoticesTest, TheHistoryIsNotTold) {
  for (const auto& event :
       {mounted(), released(), media_change(kStick, 5), io_error(), removed_while_mounted(),
        error_of_file_system(), event::events_lost("uevent", 3, 0), from_program(overheating())}) {
    notices.history(event, now);
  }
  notices.history_ended(now);
  wait(1min);
  EXPECT_EQ(screen.shown(), 0U);
}

// N12
TEST_F(NoticesTest, TheHistoryMayBeOfAnyTime) {
  notices.history(at(overheating(), UINT64_MAX), now);
  notices.history(at(normal(), 0), now);
  notices.history_ended(now);
  apply();
  EXPECT_EQ(screen.shown(), 0U);
}

// N13
TEST_F(NoticesTest, PausedTellsOnlyOverheating) {
  pause(1h);
  for (const auto& event : {mounted(), media_change(kStick, 5), io_error(), error_of_file_system(),
                            event::events_lost("uevent", 3, 0)}) {
    happens(event);
  }
  EXPECT_EQ(screen.shown(), 0U);
  happens(overheating());
  EXPECT_EQ(screen.shown(), 1U);
}

// N13
TEST_F(NoticesTest, WhatAPauseHasSilencedIsNotToldAfterIt) {
  pause(10s);
  happens(mounted());
  wait(10s);
  EXPECT_EQ(screen.shown(), 0U);
  happens(unmounted());
  EXPECT_EQ(screen.shown(), 1U);
}

// N13
TEST_F(NoticesTest, WhatBecomesUntrueInAPauseIsClosed) {
  happens(mounted());
  pause(1h);
  happens(unmounted());
  EXPECT_THAT(screen.titles(), IsEmpty());
}

// N13
TEST_F(NoticesTest, KindsThatAreSwitchedOffAreNotTold) {
  switch_off(&Told::mounts);
  happens(mounted());
  switch_off(&Told::media);
  happens(media_change(kStick, 5));
  switch_off(&Told::errors);
  happens(io_error());
  happens(removed_while_mounted());
  switch_off(&Told::lost);
  happens(event::events_lost("uevent", 3, 0));
  switch_off(&Told::overheating);
  happens(overheating());
  EXPECT_EQ(screen.shown(), 0U);
}

// N13
TEST_F(NoticesTest, WhatTheUserAskedForIsAnsweredInAPause) {
  pause(1h);
  notices.eject_failed(kPartition, QStringLiteral("busy: %1"), now);
  apply();
  EXPECT_EQ(title_of(screen.only()), "sdb could not be ejected");
  EXPECT_EQ(body_of(screen.only()), "busy: %1");
}

// N1
TEST_F(NoticesTest, AnEjectThatWorksAtLastReplacesTheFailure) {
  notices.eject_failed(kPartition, QStringLiteral("busy"), now);
  notices.ejected(kPartition, now);
  apply();
  EXPECT_EQ(title_of(screen.only()), "sdb may be removed now");
}

TEST_F(NoticesTest, AMountThatFailsTakesThePlaceOfTheOffer) {
  happens(media_change(kStick, 5));
  notices.mount_failed(kStick, QStringLiteral("wrong fs type\u202e"), now);
  apply();
  EXPECT_EQ(title_of(screen.only()), "sdb could not be mounted");
  EXPECT_EQ(body_of(screen.only()), "wrong fs type\\u{202e}");
}

TEST_F(NoticesTest, ALabelIsTheNameWhereOneIsKnown) {
  notices = Notices([](const std::string& object) {
    return object == kZone ? std::string("x86_pkg_temp") : std::string("MY\nSTICK");
  });
  happens(overheating());
  EXPECT_EQ(title_of(screen.only()), "x86_pkg_temp is overheating");
  screen = {};
  happens(mounted(kPartition, "/mnt"));
  EXPECT_EQ(title_of(screen.only()), "MY\\x0aSTICK was mounted");
}

}  // namespace
}  // namespace kevent::gui

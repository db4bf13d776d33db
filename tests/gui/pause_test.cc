// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/pause.h"

#include <gtest/gtest.h>

namespace kevent::gui {
namespace {

const QDateTime kEvening(QDate(2026, 12, 31), QTime(23, 30));

TEST(Pause, OfAnHourEndsAfterOne) {
  EXPECT_EQ(an_hour_after(kEvening), QDateTime(QDate(2027, 1, 1), QTime(0, 30)));
}

TEST(Pause, UntilTomorrowEndsInTheMorning) {
  EXPECT_EQ(tomorrow_after(kEvening), QDateTime(QDate(2027, 1, 1), QTime(6, 0)));
}

TEST(Pause, IsOverAtItsEnd) {
  const Settings settings{.paused_until = kEvening};
  EXPECT_TRUE(is_paused(settings, kEvening.addSecs(-1)));
  EXPECT_FALSE(is_paused(settings, kEvening));
  EXPECT_FALSE(is_paused(Settings{}, kEvening));
}

}  // namespace
}  // namespace kevent::gui

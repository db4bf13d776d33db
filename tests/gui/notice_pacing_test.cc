// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/notice_pacing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QLocale>

#include "tests/gui/screen.h"

namespace kevent::gui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

Notice notice(int number, NoticeKind kind = NoticeKind::kMount) {
  Notice notice;
  notice.key = QString::number(number);
  notice.title = QStringLiteral("title %1").arg(number);
  notice.kind = kind;
  return notice;
}

Notice staying(int number, NoticeKind kind = NoticeKind::kError, const char* body = "") {
  Notice result = notice(number, kind);
  result.body = QLatin1String(body);
  result.urgency = Urgency::kCritical;
  result.stays = true;
  return result;
}

Notice heat(int number, const char* body = "") {
  return staying(number, NoticeKind::kOverheating, body);
}

Notice cool(int number) {
  Notice result = notice(number, NoticeKind::kOverheating);
  result.title = QStringLiteral("cool %1").arg(number);
  return result;
}

class NoticePacingTest : public testing::Test {
 public:
  NoticePacingTest() { QLocale::setDefault(QLocale::c()); }

  void tell(const Notice& notice) {
    pacing.tell(notice, now);
    screen.apply(pacing.take());
  }

  void tell_many(int count) {
    for (int i = 0; i < count; ++i) tell(notice(100 + i));
  }

  // Time goes by, and whatever is due in it is done when it is due.
  void wait(std::chrono::milliseconds time) {
    const auto end = now + time;
    while (const auto next = pacing.next_tick()) {
      if (*next > end) break;
      now = std::max(now, *next);
      pacing.tick(now);
      screen.apply(pacing.take());
    }
    now = end;
  }

  NoticePacing pacing;
  NoticePacing::Time now{1h};
  Screen screen;
};

// P1
TEST_F(NoticePacingTest, ShowsAtOnceAfterCalm) {
  for (int i = 0; i < 5; ++i) {
    tell(notice(i));
    EXPECT_EQ(screen.shown(), static_cast<std::size_t>(i + 1));
    wait(1s);
  }
}

// P1
TEST_F(NoticePacingTest, NeedsLongerCalmAfterAFlood) {
  tell_many(11);
  wait(2999ms);
  EXPECT_EQ(screen.shown(), 1U);
  wait(1ms);
  EXPECT_EQ(screen.shown(), 2U);
}

// P1
TEST_F(NoticePacingTest, HasNothingToDoInCalm) {
  EXPECT_EQ(pacing.next_tick(), std::nullopt);
  tell(notice(1));
  EXPECT_EQ(pacing.next_tick(), now + 1s);
  wait(1s);
  EXPECT_EQ(pacing.next_tick(), std::nullopt);
}

// P2
TEST_F(NoticePacingTest, HoldsWhatFollowsInABurst) {
  tell(notice(1));
  tell(notice(2));
  EXPECT_THAT(screen.titles(), ElementsAre("title 1"));
  wait(1s);
  EXPECT_THAT(screen.titles(), ElementsAre("title 1", "title 2"));
}

// P2
TEST_F(NoticePacingTest, ShowsOverheatingAtOnceInABurst) {
  tell_many(100);
  tell(heat(2));
  EXPECT_THAT(screen.titles(), ElementsAre("title 100", "title 2"));
}

// P2
TEST_F(NoticePacingTest, HoldsASecondOverheatingOfABurst) {
  tell(notice(1));
  tell(heat(2));
  tell(heat(3));
  EXPECT_THAT(screen.titles(), ElementsAre("title 1", "title 2"));
}

// P2
TEST_F(NoticePacingTest, HoldsOverheatingThatTheScreenSaysAlready) {
  tell(heat(1));
  tell(heat(1, "hotter"));
  EXPECT_EQ(screen.shown(), 1U);
  tell(heat(2));
  EXPECT_EQ(screen.shown(), 2U);
}

// P2
TEST_F(NoticePacingTest, HoldsTheLastOfEachKey) {
  tell(notice(1));
  tell(staying(2, NoticeKind::kError, "first"));
  tell(staying(2, NoticeKind::kError, "last"));
  wait(1s);
  EXPECT_EQ(screen.shown(), 2U);
  EXPECT_EQ(screen.open().at(QStringLiteral("2")).body, QStringLiteral("last"));
}

// P3
TEST_F(NoticePacingTest, ShowsThreeOneByOne) {
  for (int i = 1; i <= 3; ++i) tell(notice(i));
  wait(1s);
  EXPECT_THAT(screen.titles(), ElementsAre("title 1", "title 2", "title 3"));
}

// P3
TEST_F(NoticePacingTest, SummarizesMoreThanThree) {
  tell(notice(1));
  tell(notice(2));
  tell(notice(3, NoticeKind::kMedium));
  tell(notice(4));
  wait(1s);
  EXPECT_THAT(screen.titles(), ElementsAre("title 1", "3 more event(s) in a short time"));
  EXPECT_EQ(screen.open().at(QStringLiteral("summary")).body.toStdString(),
            "Mounted and unmounted: 2\nMedia: 1");
}

// P3
TEST_F(NoticePacingTest, SummarizesWhenOverheatingTookAPlace) {
  tell(notice(1));
  tell(heat(2));
  tell(notice(3));
  tell(notice(4));
  wait(1s);
  EXPECT_EQ(screen.shown(), 3U);
  EXPECT_TRUE(screen.open().contains(QStringLiteral("summary")));
}

// P3
TEST_F(NoticePacingTest, ShowsOneMatterOfAFloodByItself) {
  for (int i = 0; i < 100; ++i) tell(heat(1, std::to_string(i).c_str()));
  wait(3s);
  EXPECT_EQ(screen.shown(), 2U);
  EXPECT_EQ(screen.only().body, QStringLiteral("99"));
}

// P4
TEST_F(NoticePacingTest, SummarizesALongBurstNowAndThen) {
  for (int i = 0; i < 250; ++i) {
    tell(notice(i));
    wait(100ms);
  }
  EXPECT_EQ(screen.shown(), 3U);
  wait(3s);
  EXPECT_EQ(screen.shown(), 4U);
  EXPECT_THAT(screen.titles(), ElementsAre("title 0", "249 more event(s) in a short time"));
}

// P5
TEST_F(NoticePacingTest, ClosesWhatASummaryMakesUntrue) {
  tell(notice(5));
  wait(1s);
  tell_many(5);
  tell(notice(5));
  wait(1s);
  EXPECT_THAT(screen.titles(), ElementsAre("title 100", "5 more event(s) in a short time"));
}

// P5
TEST_F(NoticePacingTest, LeavesWhatIsStillSoWhenASummaryHasMore) {
  tell(heat(5));
  wait(1s);
  tell_many(5);
  tell(heat(5, "hotter"));
  wait(1s);
  EXPECT_TRUE(screen.open().contains(QStringLiteral("5")));
}

// P5
TEST_F(NoticePacingTest, KeepsASummaryWhileSomethingInItWouldStay) {
  tell_many(5);
  for (int i = 1; i <= 3; ++i) tell(heat(i));
  wait(1s);
  const Notice summary = screen.open().at(QStringLiteral("summary"));
  EXPECT_TRUE(summary.stays);
  EXPECT_EQ(summary.urgency, Urgency::kCritical);
  tell(cool(2));
  EXPECT_TRUE(screen.open().contains(QStringLiteral("summary")));
  tell(cool(3));
  EXPECT_FALSE(screen.open().contains(QStringLiteral("summary")));
  EXPECT_EQ(screen.shown(), 3U);
}

// P5
TEST_F(NoticePacingTest, LetsASummaryOfPassingThingsPass) {
  tell_many(5);
  wait(1s);
  EXPECT_FALSE(screen.open().at(QStringLiteral("summary")).stays);
}

// P5
TEST_F(NoticePacingTest, ClosesWithoutAWordWhatWentIntoASummary) {
  tell_many(5);
  tell(heat(1));
  tell(heat(1, "hotter"));
  wait(1s);
  EXPECT_EQ(screen.shown(), 3U);
  tell(cool(1));
  EXPECT_EQ(screen.shown(), 3U);
  EXPECT_THAT(screen.titles(), ElementsAre("title 100"));
}

// P5
TEST_F(NoticePacingTest, DoesNotTellTheEndOfWhatItDidNotTell) {
  tell(cool(1));
  EXPECT_EQ(screen.shown(), 0U);
}

// P5
TEST_F(NoticePacingTest, TellsTheEndOfWhatSomebodyHasClosed) {
  tell(heat(1));
  wait(1s);
  pacing.closed(QStringLiteral("1"));
  tell(cool(1));
  EXPECT_THAT(screen.titles(), ElementsAre("cool 1"));
}

// P6
TEST_F(NoticePacingTest, DoesNotRepeatWhatStays) {
  tell(staying(1));
  wait(1s);
  tell(staying(1));
  EXPECT_EQ(screen.shown(), 1U);
  tell(staying(1, NoticeKind::kError, "new"));
  EXPECT_EQ(screen.shown(), 2U);
}

// P6
TEST_F(NoticePacingTest, RepeatsWhatHasPassed) {
  tell(notice(1));
  wait(1s);
  tell(notice(1));
  EXPECT_EQ(screen.shown(), 2U);
}

// P6
TEST_F(NoticePacingTest, RepeatsWhatSomebodyHasClosed) {
  tell(staying(1));
  wait(1s);
  pacing.closed(QStringLiteral("1"));
  tell(staying(1));
  EXPECT_EQ(screen.shown(), 2U);
}

// P7
TEST_F(NoticePacingTest, ShowsAnAnswerAtOnceInAFlood) {
  tell_many(100);
  tell(notice(1, NoticeKind::kAnswer));
  EXPECT_THAT(screen.titles(), ElementsAre("title 1", "title 100"));
}

// P8
TEST_F(NoticePacingTest, ForgetsWhatPassesBeforeWhatStays) {
  tell(staying(0));
  for (int i = 1; i <= 300; ++i) {
    wait(1s);
    tell(notice(i));
  }
  pacing.close(QStringLiteral("0"));
  screen.apply(pacing.take());
  EXPECT_FALSE(screen.open().contains(QStringLiteral("0")));
}

// P8
TEST_F(NoticePacingTest, ClosesTheOldestWhereAllStay) {
  for (int i = 0; i < 300; ++i) {
    wait(1s);
    tell(staying(i));
  }
  EXPECT_EQ(screen.open().size(), 256U);
  EXPECT_FALSE(screen.open().contains(QStringLiteral("0")));
}

// P7
TEST_F(NoticePacingTest, DoesNotReplaceAnAnswerByWhatWasHeldBefore) {
  tell(notice(1));
  tell(staying(2));
  tell(notice(2, NoticeKind::kAnswer));
  wait(1s);
  EXPECT_FALSE(screen.open().at(QStringLiteral("2")).stays);
}

// P5
TEST_F(NoticePacingTest, ForgetsASummaryThatSomebodyHasClosed) {
  tell_many(5);
  for (int i = 1; i <= 3; ++i) tell(staying(i));
  wait(1s);
  pacing.closed(QStringLiteral("summary"));
  tell_many(5);
  wait(1s);
  EXPECT_FALSE(screen.open().at(QStringLiteral("summary")).stays);
}

TEST_F(NoticePacingTest, ClosesWhatItHasShown) {
  tell(notice(1));
  pacing.close(QStringLiteral("1"));
  screen.apply(pacing.take());
  EXPECT_THAT(screen.titles(), IsEmpty());
}

TEST_F(NoticePacingTest, DoesNotShowWhatWasClosedWhileHeld) {
  tell(notice(1));
  tell(notice(2));
  pacing.close(QStringLiteral("2"));
  wait(1s);
  EXPECT_THAT(screen.titles(), ElementsAre("title 1"));
  EXPECT_EQ(screen.closed_in_vain(), 0U);
}

TEST_F(NoticePacingTest, ClosesWhatAPassedOverNoticeMakesUntrue) {
  tell(heat(1));
  pacing.pass_over(heat(1, "hotter"));
  screen.apply(pacing.take());
  EXPECT_THAT(screen.titles(), ElementsAre("title 1"));
  pacing.pass_over(cool(1));
  screen.apply(pacing.take());
  EXPECT_THAT(screen.titles(), IsEmpty());
}

}  // namespace
}  // namespace kevent::gui

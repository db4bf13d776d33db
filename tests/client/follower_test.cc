// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/client/follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

namespace kevent::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kLog[] = "0123456789abcdef0123456789abcdef";
constexpr char kOtherLog[] = "fedcba9876543210fedcba9876543210";

event::Event event_numbered(std::uint64_t sequence) {
  event::Event event;
  event.sequence = sequence;
  return event;
}

Answer answer_of(std::uint64_t first, std::uint64_t next, const std::string& log = kLog) {
  Answer answer{.oldest = first, .next = next, .log = log};
  for (std::uint64_t sequence = first; sequence <= next; ++sequence) {
    answer.events.push_back(event_numbered(sequence));
  }
  return answer;
}

Answer nothing_after(std::uint64_t last, const std::string& log = kLog) {
  return {.oldest = 1, .next = last, .log = log};
}

// "5", "overwritten 3", "new log"
std::vector<std::string> taken(Follower& follower) {
  std::vector<std::string> tape;
  for (const Item& item : follower.take()) {
    std::ostringstream text;
    if (const auto* event = std::get_if<event::Event>(&item)) {
      text << event->sequence;
    } else if (const auto* overwritten = std::get_if<Overwritten>(&item)) {
      text << "overwritten " << overwritten->count;
    } else {
      text << "new log";
    }
    tape.push_back(text.str());
  }
  return tape;
}

void arrive(Follower& follower, std::initializer_list<std::uint64_t> sequences) {
  for (const std::uint64_t sequence : sequences) follower.live(event_numbered(sequence));
}

// Follows live, with everything up to `position` seen.
Follower live_at(std::uint64_t position, std::size_t most_held = Follower::kMostHeld) {
  Follower follower = Follower::since(position, most_held);
  follower.owner_changed(true);
  follower.answer(nothing_after(position));
  return follower;
}

// F1
TEST(Follower, HandsOutTheNextEventAtOnce) {
  Follower follower = live_at(7);
  arrive(follower, {8, 9});
  EXPECT_THAT(taken(follower), ElementsAre("8", "9"));
}

// F1
TEST(Follower, DropsALiveEventThatWasSeen) {
  Follower follower = live_at(7);
  arrive(follower, {8, 7, 8, 9});
  EXPECT_THAT(taken(follower), ElementsAre("8", "9"));
}

// F1
TEST(Follower, WantsNothingWhileNothingIsMissing) {
  Follower follower = live_at(7);
  arrive(follower, {8});
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F1: an answer may overlap with what was seen.
TEST(Follower, DropsAnAnsweredEventThatWasSeen) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  follower.answer(answer_of(5, 9));
  EXPECT_THAT(taken(follower), ElementsAre("8", "9"));
}

// F2
TEST(Follower, AsksFromItsPositionAfterAGap) {
  Follower follower = live_at(7);
  arrive(follower, {9});
  EXPECT_EQ(follower.wants(), 7U);
}

// F2
TEST(Follower, HoldsBackWhatArrivesBehindAGap) {
  Follower follower = live_at(7);
  arrive(follower, {9, 10});
  EXPECT_THAT(taken(follower), IsEmpty());
}

// F2
TEST(Follower, AsksWhenTheServiceAppears) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  EXPECT_EQ(follower.wants(), 7U);
}

// F3
TEST(Follower, AsksAgainUntilNextNoLongerMoves) {
  Follower follower = Follower::since(0);
  follower.owner_changed(true);
  follower.answer(answer_of(1, 3));
  EXPECT_EQ(follower.wants(), 3U);
  follower.answer(answer_of(4, 5));
  EXPECT_EQ(follower.wants(), 5U);
  follower.answer(nothing_after(5));
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F3
TEST(Follower, HandsOutWhatWasHeldAfterTheAnswers) {
  Follower follower = live_at(7);
  arrive(follower, {10, 11});
  follower.answer(answer_of(8, 10));
  EXPECT_THAT(taken(follower), ElementsAre("8", "9", "10", "11"));
}

// F3: the signals behind the first one held will all come, so nothing more is asked.
TEST(Follower, IsLiveAsSoonAsTheAnswersReachWhatIsHeld) {
  Follower follower = live_at(7);
  arrive(follower, {10, 11});
  follower.answer(answer_of(8, 9));
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F4
TEST(Follower, AsksAgainWhenWhatIsHeldHasAGap) {
  Follower follower = live_at(7);
  arrive(follower, {9, 12});
  follower.answer(answer_of(8, 8));
  EXPECT_THAT(taken(follower), ElementsAre("8", "9"));
  EXPECT_EQ(follower.wants(), 9U);
}

// F4: the answer may be older than the held event; the second one is not.
TEST(Follower, DropsHeldEventsThatTheLogDoesNotKnow) {
  Follower follower = live_at(7);
  arrive(follower, {900});
  follower.answer(nothing_after(7));
  EXPECT_EQ(follower.wants(), 7U);
  follower.answer(nothing_after(7));
  EXPECT_EQ(follower.wants(), std::nullopt);
  EXPECT_THAT(taken(follower), IsEmpty());
}

// F4
TEST(Follower, KeepsWhatWasHeldAfterTheQuestion) {
  Follower follower = live_at(7);
  arrive(follower, {900});
  follower.answer(nothing_after(7));
  arrive(follower, {8});
  follower.answer(nothing_after(7));
  EXPECT_THAT(taken(follower), ElementsAre("8"));
}

// F4: a second answer that was cut just before what is held has not denied it.
TEST(Follower, KeepsWhatAMovingAnswerReaches) {
  Follower follower = live_at(7);
  arrive(follower, {10});
  follower.answer(nothing_after(7));
  follower.answer(answer_of(8, 9));
  EXPECT_THAT(taken(follower), ElementsAre("8", "9", "10"));
}

// F3: a slow client has signals waiting which the log no longer holds.
TEST(Follower, TakesWhatItHoldsRatherThanCallItOverwritten) {
  Follower follower = live_at(5);
  follower.owner_changed(true);
  arrive(follower, {6, 7});
  follower.answer(answer_of(100, 110));
  EXPECT_THAT(taken(follower), ElementsAre("6", "7"));
  arrive(follower, {8});
  EXPECT_THAT(taken(follower), ElementsAre("8"));
}

// F5
TEST(Follower, CountsWhatWasOverwrittenBeforeAnAnswer) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  follower.answer(answer_of(11, 12));
  EXPECT_THAT(taken(follower), ElementsAre("overwritten 3", "11", "12"));
}

// F5: the log is empty, and its sequences go on.
TEST(Follower, CountsWhatWasOverwrittenWhenTheAnswerIsEmpty) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  follower.answer(nothing_after(9));
  EXPECT_THAT(taken(follower), ElementsAre("overwritten 2"));
}

// F5
TEST(Follower, TellsOneRunOfOverwrittenEventsAsOne) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  follower.answer(nothing_after(9));
  follower.answer(answer_of(12, 12));
  EXPECT_THAT(taken(follower), ElementsAre("overwritten 4", "12"));
}

// F6
TEST(Follower, StartsAtZeroInAnotherLog) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  follower.answer(nothing_after(3, kOtherLog));
  EXPECT_EQ(follower.wants(), 0U);
  follower.answer(answer_of(1, 3, kOtherLog));
  EXPECT_THAT(taken(follower), ElementsAre("new log", "1", "2", "3"));
}

// F6: it may have been of the old one, and is in the new one if not.
TEST(Follower, DropsWhatIsHeldWhenTheLogIsAnother) {
  Follower follower = live_at(7);
  arrive(follower, {9});
  follower.answer(nothing_after(3, kOtherLog));
  follower.answer(answer_of(1, 8, kOtherLog));
  follower.answer(nothing_after(8, kOtherLog));
  EXPECT_THAT(taken(follower), ElementsAre("new log", "1", "2", "3", "4", "5", "6", "7", "8"));
}

// F6: a client without a position has nothing to forget.
TEST(Follower, TakesTheFirstLogAsItIs) {
  Follower follower = Follower::since(3);
  follower.owner_changed(true);
  follower.answer(answer_of(4, 4, kOtherLog));
  EXPECT_THAT(taken(follower), ElementsAre("4"));
}

// F7
TEST(Follower, WantsNothingBeforeThereIsAService) {
  EXPECT_EQ(Follower::since(0).wants(), std::nullopt);
}

// F7
TEST(Follower, WantsNothingWhileTheServiceIsAway) {
  Follower follower = live_at(7);
  follower.owner_changed(false);
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F7
TEST(Follower, TakesNoEventWhileTheServiceIsAway) {
  Follower follower = live_at(7);
  follower.owner_changed(false);
  arrive(follower, {8, 10});
  EXPECT_THAT(taken(follower), IsEmpty());
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F7
TEST(Follower, ForgetsWhatItHeldOfAServiceThatIsGone) {
  Follower follower = live_at(7);
  arrive(follower, {9});
  follower.owner_changed(true);
  follower.answer(answer_of(8, 8));
  EXPECT_THAT(taken(follower), ElementsAre("8"));
}

// F7
TEST(Follower, TakesNoAnswerWhenNothingWasAsked) {
  Follower follower = live_at(7);
  follower.answer(answer_of(8, 9));
  EXPECT_THAT(taken(follower), IsEmpty());
}

// F8
TEST(Follower, DropsAllThatIsHeldWhenItIsTooMuch) {
  Follower follower = live_at(7, 2);
  arrive(follower, {9, 10, 11});
  follower.answer(answer_of(8, 8));
  EXPECT_THAT(taken(follower), ElementsAre("8"));
}

// F8: the answer may have been on its way when the held events were dropped.
TEST(Follower, AsksOnceMoreAfterDroppingWhatWasHeld) {
  Follower follower = live_at(7, 2);
  arrive(follower, {9, 10, 11});
  follower.answer(nothing_after(7));
  EXPECT_EQ(follower.wants(), 7U);
  follower.answer(answer_of(8, 11));
  follower.answer(nothing_after(11));
  EXPECT_THAT(taken(follower), ElementsAre("8", "9", "10", "11"));
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F8: what is older than an answer takes no room.
TEST(Follower, HoldsNothingThatAnAnswerHasShown) {
  Follower follower = live_at(7, 2);
  arrive(follower, {9, 10});
  follower.answer(answer_of(8, 10));
  arrive(follower, {11, 12});
  follower.answer(nothing_after(10));
  EXPECT_THAT(taken(follower), ElementsAre("8", "9", "10", "11", "12"));
}

// F9
TEST(Follower, AsksForTheEndWhenItStartsNow) {
  Follower follower = Follower::from_now();
  follower.owner_changed(true);
  EXPECT_EQ(follower.wants(), std::numeric_limits<std::uint64_t>::max());
}

// F9
TEST(Follower, HandsOutNothingFromBeforeNow) {
  Follower follower = Follower::from_now();
  follower.owner_changed(true);
  arrive(follower, {40, 41, 42});
  follower.answer(nothing_after(41));
  EXPECT_THAT(taken(follower), ElementsAre("42"));
}

// F9
TEST(Follower, IsLiveAfterOneAnswerWhenItStartsNow) {
  Follower follower = Follower::from_now();
  follower.owner_changed(true);
  follower.answer(nothing_after(41));
  EXPECT_EQ(follower.wants(), std::nullopt);
}

// F10
TEST(Follower, StartsAtTheEndOfALogThatEndsBeforeItsStart) {
  Follower follower = Follower::since(1000);
  follower.owner_changed(true);
  follower.answer(nothing_after(41));
  arrive(follower, {42});
  EXPECT_THAT(taken(follower), ElementsAre("42"));
}

// F10, F1: after the start the position never goes back, whatever an answer says.
TEST(Follower, NeverGoesBackUnderOneLog) {
  Follower follower = live_at(7);
  follower.owner_changed(true);
  follower.answer(nothing_after(3));
  arrive(follower, {4, 8});
  EXPECT_THAT(taken(follower), ElementsAre("8"));
}

}  // namespace
}  // namespace kevent::client

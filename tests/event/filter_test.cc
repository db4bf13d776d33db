// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/filter.h"

#include <gtest/gtest.h>

namespace kevent::event {
namespace {

Event disk_event() {
  Event event;
  event.group = Group::kStorage;
  event.signal = "media_change";
  event.object = "/devices/virtual/block/loop0";
  event.priority = 5;
  return event;
}

TEST(Filter, TakesEverythingWhenEmpty) {
  EXPECT_TRUE(Filter{}.matches(disk_event()));
}

TEST(Filter, ChoosesTheGroup) {
  EXPECT_TRUE(Filter{.group = Group::kStorage}.matches(disk_event()));
  EXPECT_FALSE(Filter{.group = Group::kGeneral}.matches(disk_event()));
}

TEST(Filter, ChoosesTheSignal) {
  EXPECT_TRUE(Filter{.signal = "media_change"}.matches(disk_event()));
  EXPECT_FALSE(Filter{.signal = "media"}.matches(disk_event()));
  EXPECT_FALSE(Filter{.signal = ""}.matches(disk_event()));
}

TEST(Filter, ChoosesTheObjectAndAllBelow) {
  EXPECT_TRUE(Filter{.object = "/"}.matches(disk_event()));
  EXPECT_TRUE(Filter{.object = "/devices/virtual"}.matches(disk_event()));
  EXPECT_TRUE(Filter{.object = "/devices/virtual/block/loop0"}.matches(disk_event()));
  EXPECT_FALSE(Filter{.object = "/devices/virtual/block/loop"}.matches(disk_event()));
  EXPECT_FALSE(Filter{.object = "/devices/virtual/block/loop0/p1"}.matches(disk_event()));
}

TEST(Filter, ChoosesThePriorityAndWhatIsWorse) {
  EXPECT_TRUE(Filter{.priority = 7}.matches(disk_event()));
  EXPECT_TRUE(Filter{.priority = 5}.matches(disk_event()));
  EXPECT_FALSE(Filter{.priority = 4}.matches(disk_event()));
  EXPECT_FALSE(Filter{.priority = 0}.matches(disk_event()));
}

TEST(Filter, WantsAllConditionsToHold) {
  EXPECT_TRUE((Filter{.group = Group::kStorage, .priority = 5}.matches(disk_event())));
  EXPECT_FALSE((Filter{.group = Group::kStorage, .priority = 4}.matches(disk_event())));
  EXPECT_FALSE((Filter{.group = Group::kPower, .priority = 5}.matches(disk_event())));
}

TEST(Filter, NeverHoldsBackThatEventsAreLost) {
  const Filter nothing{Group::kPower, "none", "/none", std::uint8_t{0}};
  EXPECT_FALSE(nothing.matches(disk_event()));
  EXPECT_TRUE(nothing.matches(events_lost("uevent", 1, 1)));
}

}  // namespace
}  // namespace kevent::event

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/event.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace kevent::event {
namespace {

TEST(EventsLost, SpeaksForTheKernelAsAWhole) {
  const Event event = events_lost("uevent", 3, 1234);
  EXPECT_EQ(event.sequence, 0U);
  EXPECT_EQ(event.time_us, 1234U);
  EXPECT_EQ(event.group, Group::kGeneral);
  EXPECT_EQ(event.object, "/");
  EXPECT_EQ(event.signal, "events_lost");
  EXPECT_EQ(event.priority, 3);
}

TEST(EventsLost, NamesSourceAndCount) {
  const Event event = events_lost("mount", 0, 1);
  EXPECT_EQ(event.details.entries().size(), 2U);
  EXPECT_EQ(*event.details.get<std::string>("Source"), "mount");
  EXPECT_EQ(*event.details.get<std::uint64_t>("Count"), 0U);
}

TEST(EventsLost, IsRecognized) {
  EXPECT_TRUE(is_events_lost(events_lost("uevent", 1, 1)));
}

TEST(EventsLost, IsNotWhatAnotherObjectOrGroupCallsSo) {
  Event elsewhere = events_lost("uevent", 1, 1);
  elsewhere.object = "/devices/x";
  EXPECT_FALSE(is_events_lost(elsewhere));
  Event otherwise = events_lost("uevent", 1, 1);
  otherwise.group = Group::kHotplug;
  EXPECT_FALSE(is_events_lost(otherwise));
  Event another = events_lost("uevent", 1, 1);
  another.signal = "events_los";
  EXPECT_FALSE(is_events_lost(another));
}

}  // namespace
}  // namespace kevent::event

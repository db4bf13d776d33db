// SPDX-License-Identifier: LGPL-2.1-or-later
// Rules N2 and N3 of gui/model/notices.h, as a person sees them.
#include "gui/model/heat_notices.h"

#include <gmock/gmock.h>

#include "tests/gui/notices_fixture.h"

namespace kevent::gui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class HeatNoticesTest : public NoticesFixture {};

// N2
TEST_F(HeatNoticesTest, OverheatingIsCriticalAndStays) {
  happens(overheating());
  EXPECT_EQ(title_of(screen.only()), "thermal_zone0 is overheating");
  EXPECT_EQ(body_of(screen.only()), "95.5 °C, above the hot trip.");
  EXPECT_EQ(screen.only().urgency, Urgency::kCritical);
  EXPECT_TRUE(screen.only().stays);
}

// N2
TEST_F(HeatNoticesTest, NormalReplacesItQuietly) {
  happens(overheating());
  happens(normal());
  EXPECT_EQ(title_of(screen.only()), "thermal_zone0 is back to normal");
  EXPECT_EQ(body_of(screen.only()), "61.0 °C");
  EXPECT_EQ(screen.only().urgency, Urgency::kLow);
  EXPECT_FALSE(screen.only().stays);
}

// N2
TEST_F(HeatNoticesTest, NormalAloneSaysNothing) {
  happens(normal());
  EXPECT_EQ(screen.shown(), 0U);
}

// N2
TEST_F(HeatNoticesTest, ZonesAreMattersOfTheirOwn) {
  happens(overheating());
  happens(overheating(kOtherZone));
  EXPECT_EQ(screen.open().size(), 2U);
}

// N2
TEST_F(HeatNoticesTest, CoreAndPackageOfAProcessorAreMattersOfTheirOwn) {
  const auto throttled = [](const char* level) {
    auto event =
        make_event(event::Group::kPower, "/devices/system/cpu/cpu3", "overheating", 4, "kernel");
    event.details.set(key::kProcessor, std::uint32_t{3});
    event.details.set_text(key::kLevel, level);
    return event;
  };
  happens(throttled("core"));
  EXPECT_EQ(title_of(screen.only()), "Processor 3 is overheating");
  EXPECT_EQ(body_of(screen.only()), "It slows down to cool.");
  happens(throttled("package"));
  EXPECT_EQ(screen.open().size(), 2U);
}

// N2
TEST_F(HeatNoticesTest, TheBodySaysWhichTrip) {
  const auto body = [&](const char* trip) {
    screen = {};
    happens(overheating(std::string("/zone/") + trip, 95'000, trip));
    return body_of(screen.only());
  };
  EXPECT_EQ(body("passive"), "95.0 °C, above the passive trip: it is slowed down to cool.");
  EXPECT_EQ(body("critical"),
            "95.0 °C, above the critical trip: the machine may switch itself off.");
  EXPECT_EQ(body("%1<b>"), "95.0 °C, above the trip: %1<b>.");
}

// N2
TEST_F(HeatNoticesTest, AMissingOrMistypedTemperatureIsNotSaid) {
  happens(with(overheating(), key::kTemperature, std::string("95")));
  EXPECT_EQ(body_of(screen.only()), "Trip: hot.");
}

// N2
TEST_F(HeatNoticesTest, TemperaturesAreInTheChosenUnit) {
  Settings settings;
  settings.fahrenheit = true;
  notices.set_settings(settings);
  happens(overheating(kZone, 100'000));
  EXPECT_EQ(body_of(screen.only()), "212.0 °F, above the hot trip.");
}

// N1
TEST_F(HeatNoticesTest, AZoneThatGoesTakesItsNoticeAlong) {
  happens(overheating());
  happens(removed(kZone));
  EXPECT_THAT(screen.titles(), IsEmpty());
}

// N3
TEST_F(HeatNoticesTest, AFlappingSensorIsOneNotice) {
  happens(overheating());
  happens(normal());
  for (int i = 0; i < 20; ++i) {
    happens(overheating(kZone, 95'000 + i % 3 * 1000));
    happens(normal());
  }
  EXPECT_EQ(title_of(screen.only()), "thermal_zone0 overheats again and again");
  EXPECT_EQ(body_of(screen.only()), "Up to 97.0 °C. Trip: hot.");
  EXPECT_EQ(screen.shown(), 5U);  // hot, normal, flapping, and twice a higher temperature
}

// N3
TEST_F(HeatNoticesTest, AFlappingSensorIsNormalAfterTwoMinutes) {
  happens(overheating());
  happens(normal());
  happens(overheating());
  at_once(normal());
  wait(119'999ms);
  EXPECT_EQ(title_of(screen.only()), "thermal_zone0 overheats again and again");
  wait(1ms);
  EXPECT_EQ(title_of(screen.only()), "thermal_zone0 is back to normal");
  EXPECT_FALSE(screen.only().stays);
}

// N3
TEST_F(HeatNoticesTest, AFlappingSensorThatIsHotStays) {
  happens(overheating());
  happens(normal());
  happens(overheating());
  wait(1h);
  EXPECT_TRUE(screen.only().stays);
}

// N3
TEST_F(HeatNoticesTest, OverheatingLongAfterIsANewOne) {
  happens(overheating());
  at_once(normal());
  wait(10min);
  happens(overheating());
  EXPECT_EQ(title_of(screen.only()), "thermal_zone0 is overheating");
}

// N12
TEST_F(HeatNoticesTest, WhatStillOverheatsAtTheEndOfTheHistoryIsTold) {
  notices.history(overheating(), now);
  notices.history(overheating(kOtherZone), now);
  notices.history(normal(kOtherZone), now);
  notices.history_ended(now);
  apply();
  EXPECT_THAT(screen.titles(), ElementsAre("thermal_zone0 is overheating"));
}

// N12
TEST_F(HeatNoticesTest, ASensorThatFlappedInTheHistoryIsNotToldAsNormal) {
  for (int i = 0; i < 3; ++i) {
    notices.history(overheating(), now);
    notices.history(normal(), now);
  }
  notices.history_ended(now);
  wait(5min);
  EXPECT_EQ(screen.shown(), 0U);
}

TEST_F(HeatNoticesTest, ANewLogEndsWhatWasKnown) {
  happens(overheating());
  notices.new_log();
  apply();
  EXPECT_THAT(screen.titles(), IsEmpty());
  happens(normal());
  EXPECT_EQ(screen.shown(), 1U);
}

}  // namespace
}  // namespace kevent::gui

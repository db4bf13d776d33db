// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/temperatures.h"

#include <gtest/gtest.h>

#include <climits>
#include <vector>

#include "tests/gui/events.h"

namespace kevent::gui {
namespace {

ZoneState zone(std::optional<int> millidegrees, std::string object = kZone) {
  return {.object = std::move(object), .type = "acpitz", .millidegrees = millidegrees};
}

std::vector<int> readings(const Temperatures& temperatures, const char* object = kZone) {
  std::vector<int> result;
  if (const Zone* zone = temperatures.zone(object)) {
    for (const Reading& reading : zone->readings) result.push_back(reading.millidegrees);
  }
  return result;
}

TEST(Temperatures, RememberWhatWasRead) {
  Temperatures temperatures;
  temperatures.look({zone(40'000)}, 1'000);
  temperatures.look({zone(41'000)}, 2'000);
  EXPECT_EQ(readings(temperatures), (std::vector{40'000, 41'000}));
}

TEST(Temperatures, HaveTheNameTripsAndHeatOfTheLastLook) {
  Temperatures temperatures;
  ZoneState state = zone(40'000);
  state.type = "x86\npkg";
  state.trips = {{QStringLiteral("hot"), 90'000}};
  state.overheating = true;
  temperatures.look({state}, 1'000);
  ASSERT_NE(temperatures.zone(kZone), nullptr);
  EXPECT_EQ(temperatures.zone(kZone)->name, QStringLiteral("x86\\x0apkg"));
  EXPECT_EQ(temperatures.zone(kZone)->trips, state.trips);
  EXPECT_TRUE(temperatures.zone(kZone)->overheating);
}

TEST(Temperatures, AreSortedByPath) {
  Temperatures temperatures;
  temperatures.look({zone(1, kOtherZone), zone(2, kZone), zone(3, kZone)}, 1'000);
  ASSERT_EQ(temperatures.zones().size(), 2U);
  EXPECT_EQ(temperatures.zones().front().object, kZone);
  EXPECT_EQ(readings(temperatures), std::vector{2});
}

// R1
TEST(Temperatures, ForgetAZoneThatIsGone) {
  Temperatures temperatures;
  temperatures.look({zone(40'000), zone(50'000, kOtherZone)}, 1'000);
  temperatures.look({zone(41'000)}, 2'000);
  EXPECT_EQ(temperatures.zone(kOtherZone), nullptr);
}

// R2
TEST(Temperatures, PassOverWhatIsNone) {
  Temperatures temperatures;
  temperatures.look({zone(std::nullopt)}, 1'000);
  temperatures.look({zone(INT_MIN)}, 2'000);
  temperatures.look({zone(-274'000)}, 3'000);
  EXPECT_EQ(readings(temperatures), std::vector<int>());
}

// R3
TEST(Temperatures, TakeThoseOfEventsWhereTheyBelong) {
  Temperatures temperatures;
  temperatures.look({zone(40'000)}, 1'000);
  temperatures.look({zone(41'000)}, 3'000);
  temperatures.happened(at(overheating(kZone, 95'000), 2'000'000));
  EXPECT_EQ(readings(temperatures), (std::vector{40'000, 95'000, 41'000}));
}

// R3
TEST(Temperatures, KnowFromEventsWhatOverheats) {
  Temperatures temperatures;
  temperatures.look({zone(40'000)}, 1'000);
  temperatures.happened(overheating());
  EXPECT_TRUE(temperatures.zone(kZone)->overheating);
  temperatures.happened(normal());
  EXPECT_FALSE(temperatures.zone(kZone)->overheating);
}

// R3
TEST(Temperatures, DropWhatIsLaterThanALook) {
  Temperatures temperatures;
  temperatures.look({zone(40'000)}, 9'000);
  temperatures.look({zone(41'000)}, 1'000);
  EXPECT_EQ(readings(temperatures), std::vector{41'000});
}

TEST(Temperatures, TakeNothingFromAProgramOrOfAnotherType) {
  Temperatures temperatures;
  temperatures.look({zone(40'000)}, 1'000);
  temperatures.happened(from_program(overheating()));
  temperatures.happened(with(overheating(), key::kTemperature, std::string("95")));
  EXPECT_EQ(readings(temperatures), std::vector{40'000});
}

// R4
TEST(Temperatures, AreKeptForAnHour) {
  Temperatures temperatures;
  temperatures.look({zone(1)}, 0);
  temperatures.look({zone(2)}, 3'600'000);
  EXPECT_EQ(readings(temperatures), (std::vector{1, 2}));
  temperatures.look({zone(3)}, 3'600'001);
  EXPECT_EQ(readings(temperatures), (std::vector{2, 3}));
}

// R4
TEST(Temperatures, AreBounded) {
  Temperatures temperatures;
  std::vector<ZoneState> states;
  for (int i = 0; i < 300; ++i) states.push_back(zone(i, "/zone" + std::to_string(i)));
  states.front().trips.resize(100);
  temperatures.look(states, 1'000);
  EXPECT_EQ(temperatures.zones().size(), 256U);
  EXPECT_EQ(temperatures.zone("/zone0")->trips.size(), 64U);
  for (int i = 0; i < 4000; ++i) temperatures.look({states.front()}, 1'000 + i);
  EXPECT_EQ(readings(temperatures, "/zone0").size(), 3600U);
}

TEST(Temperatures, KnowTheHottest) {
  Temperatures temperatures;
  EXPECT_EQ(temperatures.hottest(), nullptr);
  temperatures.look({zone(40'000), zone(50'000, kOtherZone), zone(std::nullopt, "/zone9")}, 1'000);
  ASSERT_NE(temperatures.hottest(), nullptr);
  EXPECT_EQ(temperatures.hottest()->object, kOtherZone);
}

TEST(Temperatures, TellThatTheyChanged) {
  Temperatures temperatures;
  int changes = 0;
  QObject::connect(&temperatures, &Temperatures::changed, [&] { ++changes; });
  temperatures.look({zone(40'000)}, 1'000);
  temperatures.happened(overheating());
  temperatures.happened(mounted());
  EXPECT_EQ(changes, 2);
}

}  // namespace
}  // namespace kevent::gui

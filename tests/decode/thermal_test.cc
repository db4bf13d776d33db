// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/thermal.h"

#include <gtest/gtest.h>

#include "tests/decode/thermal_message.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
using Kind = ThermalNotice::Kind;

event::Trip trip_of(const std::string& type, std::int32_t temperature = 90000,
                    bool cooling = true) {
  return event::Trip{1, type, temperature, 2000, cooling};
}

std::optional<ThermalNotice> parse(const ThermalMessage& message) {
  return parse_thermal_notice(message.bytes());
}

class EveryNotice : public testing::TestWithParam<ThermalNotice> {};

TEST_P(EveryNotice, IsReadBack) {
  EXPECT_EQ(parse(thermal_message(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(ThermalNotice, EveryNotice,
                         testing::Values(ThermalNotice{Kind::kTripUp, 3, 2, 95000},
                                         ThermalNotice{Kind::kTripDown, 0, 0, -5000},
                                         ThermalNotice{Kind::kCoolingState, 7},
                                         ThermalNotice{Kind::kZoneCreated, 4294967295},
                                         ThermalNotice{Kind::kZoneDeleted, 4}));

TEST(ThermalNotice, IsReadFromAnOddAddress) {
  const ThermalNotice notice{Kind::kTripUp, 3, 2, 95000};
  std::vector<std::byte> bytes(1);
  const auto message = thermal_message(notice).bytes();
  bytes.insert(bytes.end(), message.begin(), message.end());
  EXPECT_EQ(parse_thermal_notice(std::span(bytes).subspan(1)), notice);
}

TEST(ThermalNotice, PassesOverAttributesOfANewerKernel) {
  auto message = thermal_message({Kind::kZoneCreated, 4});
  EXPECT_TRUE(parse(message.number(THERMAL_GENL_ATTR_MAX + 100, 1)).has_value());
}

TEST(ThermalNotice, NeedsEachAttributeOfATrip) {
  const auto without = [](std::uint16_t missing) {
    ThermalMessage message(THERMAL_GENL_EVENT_TZ_TRIP_UP);
    for (const std::uint16_t attribute :
         {THERMAL_GENL_ATTR_TZ_ID, THERMAL_GENL_ATTR_TZ_TRIP_ID, THERMAL_GENL_ATTR_TZ_TEMP}) {
      if (attribute != missing) message.number(attribute, 1);
    }
    return parse(message);
  };
  ASSERT_TRUE(without(0).has_value());
  EXPECT_EQ(without(THERMAL_GENL_ATTR_TZ_ID), std::nullopt);
  EXPECT_EQ(without(THERMAL_GENL_ATTR_TZ_TRIP_ID), std::nullopt);
  EXPECT_EQ(without(THERMAL_GENL_ATTR_TZ_TEMP), std::nullopt);
}

TEST(ThermalNotice, NeedsTheCoolingDevice) {
  EXPECT_EQ(parse(ThermalMessage(THERMAL_GENL_EVENT_CDEV_STATE_UPDATE)
                      .number(THERMAL_GENL_ATTR_CDEV_CUR_STATE, 1)),
            std::nullopt);
}

TEST(ThermalNotice, RefusesAnAttributeThatIsTooShort) {
  const std::uint16_t half = 1;
  EXPECT_EQ(parse(ThermalMessage(THERMAL_GENL_EVENT_TZ_DELETE)
                      .attribute(THERMAL_GENL_ATTR_TZ_ID, &half, sizeof half)),
            std::nullopt);
}

TEST(ThermalNotice, IsNotMadeFromOtherCommands) {
  EXPECT_EQ(
      parse(ThermalMessage(THERMAL_GENL_EVENT_TZ_GOV_CHANGE).number(THERMAL_GENL_ATTR_TZ_ID, 1)),
      std::nullopt);
}

TEST(ThermalNotice, IsNotMadeFromAPartOfAMessage) {
  const auto whole = thermal_message({Kind::kTripUp, 3, 2, 95000}).bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(parse_thermal_notice(std::span(whole).first(size)), std::nullopt) << size;
  }
}

// T1: hot and critical trips count.
TEST(TripCounts, HotAndCriticalWithoutACoolingDevice) {
  EXPECT_TRUE(trip_counts(trip_of("hot", 90000, false)));
  EXPECT_TRUE(trip_counts(trip_of("critical", 90000, false)));
}

// T1: a passive trip counts with a cooling device bound.
TEST(TripCounts, PassiveOnlyWithACoolingDevice) {
  EXPECT_TRUE(trip_counts(trip_of("passive", 1, true)));
  EXPECT_FALSE(trip_counts(trip_of("passive", 1, false)));
}

// T1: at or below 0 a trip is not set.
TEST(TripCounts, NoTripThatIsNotSet) {
  for (const std::int32_t temperature : {0, -1, -274000}) {
    EXPECT_FALSE(trip_counts(trip_of("passive", temperature)));
    EXPECT_FALSE(trip_counts(trip_of("hot", temperature)));
    EXPECT_FALSE(trip_counts(trip_of("critical", temperature)));
  }
}

// T1: active trips only run fans.
TEST(TripCounts, NoActiveTrip) {
  EXPECT_FALSE(trip_counts(trip_of("active")));
  EXPECT_FALSE(trip_counts(trip_of("of a newer kernel")));
}

// T4
TEST(KernelTells, EachTripThatIsNoneOfAFan) {
  EXPECT_TRUE(trip_counts_for_kernel(trip_of("hot", 1, false)));
  EXPECT_TRUE(trip_counts_for_kernel(trip_of("critical", -5000)));
  EXPECT_TRUE(trip_counts_for_kernel(trip_of("passive", 0, false)));
  EXPECT_FALSE(trip_counts_for_kernel(trip_of("active")));
  EXPECT_FALSE(trip_counts_for_kernel(trip_of("hot", -274000)));
}

// T2.
TEST(OverheatingEvent, HasThePriorityOfItsTrip) {
  const auto priority_of = [](const event::Trip& trip) {
    return overheating_event("/devices/virtual/thermal/thermal_zone0", trip, 91000, false, 0)
        .priority;
  };
  EXPECT_EQ(priority_of(trip_of("hot")), 2);
  EXPECT_EQ(priority_of(trip_of("critical")), 2);
  EXPECT_EQ(priority_of(trip_of("passive")), 4);
}

// T2.
TEST(OverheatingEvent, SaysTripAndTemperature) {
  event::Event expected;
  expected.time_us = 17;
  expected.group = event::Group::kPower;
  expected.priority = 4;
  expected.object = "/devices/virtual/thermal/thermal_zone0";
  expected.signal = "overheating";
  expected.details.set(key::kSource, std::string("thermal"));
  expected.details.set(key::kTemperature, std::int32_t{91000});
  expected.details.set(key::kTrip, std::uint32_t{1});
  expected.details.set(key::kTripType, std::string("passive"));
  EXPECT_EQ(overheating_event(expected.object, trip_of("passive"), 91000, false, 17), expected);
}

// T3.
TEST(NormalEvent, SaysTheTemperature) {
  event::Event expected;
  expected.time_us = 17;
  expected.group = event::Group::kPower;
  expected.priority = 7;
  expected.object = "/devices/virtual/thermal/thermal_zone0";
  expected.signal = "normal";
  expected.details.set(key::kSource, std::string("thermal"));
  expected.details.set(key::kTemperature, std::int32_t{-1000});
  EXPECT_EQ(normal_event(expected.object, -1000, false, 17), expected);
}

// T2, T3.
TEST(ThermalEvents, SaySynthesizedOnlyWhereItIsTrue) {
  const auto synthesized = [](bool value) {
    const auto hot = overheating_event("/z", trip_of("hot"), 1, value, 0);
    const auto cool = normal_event("/z", 1, value, 0);
    const auto* hot_says = hot.details.get<bool>(key::kSynthesized);
    const auto* cool_says = cool.details.get<bool>(key::kSynthesized);
    EXPECT_EQ(hot_says == nullptr, cool_says == nullptr);
    return hot_says != nullptr && *hot_says;
  };
  EXPECT_TRUE(synthesized(true));
  EXPECT_FALSE(synthesized(false));
}

}  // namespace
}  // namespace kevent::decode

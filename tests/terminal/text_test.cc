// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/terminal/text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace kevent::terminal {
namespace {

TEST(SizeText, HasOneDecimalFromAKibibyteOn) {
  EXPECT_EQ(size_text(0), "0 B");
  EXPECT_EQ(size_text(1023), "1023 B");
  EXPECT_EQ(size_text(1024), "1.0 KiB");
  EXPECT_EQ(size_text(std::uint64_t{3} << 29), "1.5 GiB");
  EXPECT_EQ(size_text(~std::uint64_t{0}), "16.0 EiB");
}

TEST(SizeText, NeverShows1024OfAUnit) {
  EXPECT_EQ(size_text(1024 * 1024 - 1), "1.0 MiB");
}

TEST(TemperatureText, IsInDegrees) {
  EXPECT_EQ(temperature_text(95500), "95.5 \u00b0C");
  EXPECT_EQ(temperature_text(-40000), "-40.0 \u00b0C");
}

TEST(TimeText, IsLocalWithMilliseconds) {
  ::setenv("TZ", "UTC-2", 1);
  ::tzset();
  EXPECT_EQ(time_text(1'700'000'000'123'999), "2023-11-15 00:13:20.123");
}

TEST(TimeText, ShowsATimeThatNoCalendarHoldsAsItIs) {
  EXPECT_FALSE(time_text(~std::uint64_t{0}).empty());
}

TEST(IsoTimeText, IsInUtcWithMicroseconds) {
  ::setenv("TZ", "UTC-2", 1);
  ::tzset();
  EXPECT_EQ(iso_time_text(1'700'000'000'000'789), "2023-11-14T22:13:20.000789Z");
}

TEST(IsoTimeText, ShowsATimeThatNoCalendarHoldsAsItIs) {
  EXPECT_FALSE(iso_time_text(~std::uint64_t{0}).empty());
}

TEST(Padded, CountsCharactersAndNotBytes) {
  EXPECT_EQ(padded("\u00e9", 3), "\u00e9  ");
  EXPECT_EQ(padded("long", 2), "long");
}

TEST(Styled, AddsNothingWithoutColour) {
  EXPECT_EQ(styled("x", Style::kError, false), "x");
}

TEST(Styled, EndsWhatItBegins) {
  EXPECT_EQ(styled("x", Style::kGood, true), "\x1b[32mx\x1b[0m");
}

}  // namespace
}  // namespace kevent::terminal

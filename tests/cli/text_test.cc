// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace kevent::cli {
namespace {

TEST(TerminalText, LeavesPlainTextAlone) {
  EXPECT_EQ(terminal_text("Caf\u00e9 \u65e5\u672c %n%s <b>&amp;</b>"),
            "Caf\u00e9 \u65e5\u672c %n%s <b>&amp;</b>");
}

TEST(TerminalText, EscapesControlCharacters) {
  EXPECT_EQ(terminal_text("a\x1b[31mb\nc\x7f"), "a\\x1b[31mb\\x0ac\\x7f");
}

TEST(TerminalText, EscapesC1ControlCharacters) {
  EXPECT_EQ(terminal_text("a\u009bb"), "a\\xc2\\x9bb");
}

TEST(TerminalText, EscapesWhatIsNoUtf8) {
  EXPECT_EQ(terminal_text("a\xff"), "a\\xff");
}

TEST(TerminalText, EscapesEveryMarkThatReorders) {
  for (const auto& [text, escaped] : {std::pair{"\u061c", "\\u{061c}"},
                                      {"\u200e", "\\u{200e}"},
                                      {"\u200f", "\\u{200f}"},
                                      {"\u2028", "\\u{2028}"},
                                      {"\u2029", "\\u{2029}"},
                                      {"\u202a", "\\u{202a}"},
                                      {"\u202b", "\\u{202b}"},
                                      {"\u202c", "\\u{202c}"},
                                      {"\u202d", "\\u{202d}"},
                                      {"\u202e", "\\u{202e}"},
                                      {"\u2066", "\\u{2066}"},
                                      {"\u2067", "\\u{2067}"},
                                      {"\u2068", "\\u{2068}"},
                                      {"\u2069", "\\u{2069}"}}) {
    EXPECT_EQ(terminal_text("x" + std::string(text) + "y"), "x" + std::string(escaped) + "y");
  }
}

TEST(TerminalText, LeavesTheNeighboursOfThoseMarksAlone) {
  const std::string text = "\u061b\u061d\u200d\u2010\u2027\u202f\u2065\u206a";
  EXPECT_EQ(terminal_text(text), text);
}

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
}  // namespace kevent::cli

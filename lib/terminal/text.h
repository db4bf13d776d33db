// SPDX-License-Identifier: LGPL-2.1-or-later
// Values as text for people, and how a terminal shows it. Pure functions. Untrusted text goes
// through event::display_text() first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kevent::terminal {

// "1.0 GiB", "512 B"
std::string size_text(std::uint64_t bytes);

// "95.5 °C" from millidegrees
std::string temperature_text(std::int32_t millidegrees);

// "2025-11-21 12:08:14.123" in the local time zone, from microseconds since the epoch
std::string time_text(std::uint64_t time_us);

// "2025-11-21T11:08:14.123456Z": ISO 8601, in UTC, for programs.
std::string iso_time_text(std::uint64_t time_us);

// `text` and spaces, so that it is at least `width` characters wide.
std::string padded(std::string_view text, std::size_t width);

// How many characters (code points) the text has.
std::size_t width_of(std::string_view text);

// How something is emphasized, where colours are on.
enum class Style { kPlain, kFaint, kBold, kGood, kWarning, kError };

std::string styled(std::string_view text, Style style, bool colour);

}  // namespace kevent::terminal

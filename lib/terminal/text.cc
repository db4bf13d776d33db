// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/terminal/text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace kevent::terminal {
namespace {

template <typename... Arguments>
std::string formatted(const char* format, Arguments... arguments) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, arguments...);
  return buffer.data();
}

constexpr std::uint64_t kMicrosecondsPerSecond = 1'000'000;

// To the second; empty for a time that no calendar holds. `to_calendar`: localtime_r or gmtime_r.
template <typename ToCalendar>
std::string date_text(std::uint64_t time_us, ToCalendar to_calendar, const char* format) {
  const auto seconds = static_cast<std::time_t>(time_us / kMicrosecondsPerSecond);
  std::tm calendar{};
  if (to_calendar(&seconds, &calendar) == nullptr) return {};
  std::array<char, 64> date{};
  std::strftime(date.data(), date.size(), format, &calendar);
  return date.data();
}

}  // namespace

std::string size_text(std::uint64_t bytes) {
  constexpr std::array kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024) return std::to_string(bytes) + " B";
  double value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; value >= 1023.95 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  return formatted("%.1f %s", value, kUnits[unit]);
}

std::string temperature_text(std::int32_t millidegrees) {
  return formatted("%.1f \u00b0C", millidegrees / 1000.0);
}

std::string time_text(std::uint64_t time_us) {
  const std::string date = date_text(time_us, localtime_r, "%Y-%m-%d %H:%M:%S");
  if (date.empty()) return std::to_string(time_us);
  return date + formatted(".%03u", static_cast<unsigned>(time_us / 1000 % 1000));
}

std::string iso_time_text(std::uint64_t time_us) {
  const std::string date = date_text(time_us, gmtime_r, "%Y-%m-%dT%H:%M:%S");
  if (date.empty()) return std::to_string(time_us);
  return date + formatted(".%06uZ", static_cast<unsigned>(time_us % kMicrosecondsPerSecond));
}

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.append(width - std::min(width, width_of(text)), ' ');
  return result;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80;
  }));
}

std::string styled(std::string_view text, Style style, bool colour) {
  constexpr std::array kCodes = {"", "\x1b[2m", "\x1b[1m", "\x1b[32m", "\x1b[33m", "\x1b[1;31m"};
  if (!colour || style == Style::kPlain || text.empty()) return std::string(text);
  return kCodes[static_cast<std::size_t>(style)] + std::string(text) + "\x1b[0m";
}

}  // namespace kevent::terminal

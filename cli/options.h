// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line as a value. Knows nothing of D-Bus; what an object's name means is asked later.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/event/group.h"

namespace kevent::cli {

enum class Command { kMonitor, kOn, kLog, kList, kShow, kStatus };
enum class ColourMode { kAuto, kAlways, kNever };

struct Options {
  Command command = Command::kStatus;
  std::string bus = "system";
  ColourMode colour = ColourMode::kAuto;
  bool json = false;

  // monitor, on and log: which events
  std::optional<std::uint64_t> since;
  std::optional<event::Group> group;
  std::optional<std::string> signal;
  std::optional<std::string> object;  // as it was given; for show, the object
  std::optional<std::uint8_t> priority;

  std::optional<std::uint64_t> count;                // monitor and on
  std::optional<std::chrono::milliseconds> timeout;  // monitor and on
  std::size_t jobs = 1;                              // on
  std::vector<std::string> user_command;             // on: the words after "--", never empty
  std::optional<std::size_t> last;                   // log
  bool tree = false;                                 // list
  std::optional<std::string> subsystem;              // list
  bool udev = false;                                 // show
};

// The options, or the exit code of a program that has nothing more to do: help and version are then
// on standard output, what is wrong with the arguments is on standard error.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace kevent::cli

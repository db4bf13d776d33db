// SPDX-License-Identifier: LGPL-2.1-or-later
// keventd's command line.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace kevent::app {

struct Options {
  std::string bus = "system";
  std::string runtime_directory;  // default: what systemd gives, else /run/keventd
  std::uint64_t log_size = 0;
  std::vector<std::string> sources;
};

// The options, or the exit code with which the program ends now (after --help: 0, bad usage: 2).
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace kevent::app

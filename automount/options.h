// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line as a value. Exit codes are those of keventctl (cli/options.h).
#pragma once

#include <string>
#include <variant>

namespace kevent::automount {

struct Options {
  std::string bus = "system";
  std::string rules;  // the file; empty: default_rules()
  bool json = false;
};

// $XDG_CONFIG_HOME/kevent/automount.conf, or the same below ~/.config.
std::string default_rules();

// The options, or the exit code of a program that has nothing more to do: help and version are then
// on standard output, what is wrong with the arguments is on standard error.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace kevent::automount

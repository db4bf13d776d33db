// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-tray's command line as a value.
#pragma once

#include <QString>
#include <variant>

namespace kevent::gui {

struct Options {
  QString bus = QStringLiteral("system");
  bool show = false;    // the window, at the start
  bool hidden = false;  // no window, also when another applet runs already
  QString settings;     // the file; empty: the user's own
};

// The options, or the exit code of a program that has nothing more to do: help and version are then
// on standard output, what is wrong with the arguments is on standard error.
std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace kevent::gui

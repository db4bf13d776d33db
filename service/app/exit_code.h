// SPDX-License-Identifier: LGPL-2.1-or-later
// How keventd ends. Documented in --help and keventd(8).
#pragma once

namespace kevent::app {

enum ExitCode : int {
  kExitDone = 0,     // ended by SIGTERM or SIGINT
  kExitFailure = 1,  // something that it needs can't be had; the message says what
  kExitUsage = 2,    // bad options
  kExitNoBus = 3,    // the bus can't be reached, or refuses
  kExitInUse = 4,    // another keventd has the name or the log
};

}  // namespace kevent::app

// SPDX-License-Identifier: LGPL-2.1-or-later
// Exit codes of the command line programs.
#pragma once

namespace kevent::terminal {

enum ExitCode : int {
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kNoService = 3,
  kNoSuchObject = 4,
  kTimedOut = 5,
  // As env(1) and xargs(1) have them.
  kNotExecutable = 126,
  kNoCommand = 127,
};

}  // namespace kevent::terminal

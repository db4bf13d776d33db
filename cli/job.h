// SPDX-License-Identifier: LGPL-2.1-or-later
// One run of a user's command, and the file that is run. No shell is involved: the words arrive as
// they are.
//
// Rules:
//   J1  The standard input is a file in memory: who does not read it blocks nobody.
//   J2  It has a process group of its own, so that Ctrl-C is for this program, which waits for it.
//   J3  No signal is blocked in it, and of our descriptors it has standard output and error alone.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "lib/base/result.h"

namespace kevent::cli {

// The file that execvp(3) would run for this word: looked for in PATH unless it has a slash. The
// error is ENOENT, or EACCES for one that may not be executed.
base::Result<std::string> find_program(const std::string& word);

struct UserCommand {
  std::string program;             // what find_program() gave
  std::vector<std::string> words;  // the first is its own name
};

// A process that was started and is not yet reaped. Let go, it runs on.
class Job {
 public:
  static base::Result<Job> start(const UserCommand& command,
                                 const std::vector<std::string>& environment,
                                 const std::string& input);

  // The status as of waitpid(2), once, when it has ended; nothing while it runs.
  std::optional<int> reap() const;

  // To its whole process group.
  void signal(int number) const;

 private:
  explicit Job(pid_t pid) : pid_(pid) {}

  pid_t pid_;
};

// "exit status 3", "signal 9 (Killed)"; empty for success.
std::string failure_text(int status);

}  // namespace kevent::cli

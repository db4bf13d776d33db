// SPDX-License-Identifier: LGPL-2.1-or-later
// A child process of a test. It dies with the test, however that ends: the destructor kills and
// reaps it, and the kernel kills it when the test itself is killed.
//
// Its output goes to files in memory, so it never blocks on a test that does not read, and
// everything it said so far can be read at any time, also after its end. Made by the main thread
// only: the parent-death signal follows the thread.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "lib/base/file_descriptor.h"
#include "tests/support/eventually.h"

namespace kevent::support {

class Process {
 public:
  // `arguments[0]` is looked up in PATH unless it has a slash. `environment`: "NAME=VALUE" on top
  // of this process's own. `input`: its standard input; -1: empty.
  explicit Process(const std::vector<std::string>& arguments,
                   const std::vector<std::string>& environment = {}, int input = -1);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool running() { return !wait(within({})).has_value(); }
  void signal(int number) const;

  // Its exit status, 128 and more for one that a signal ended; nothing when it still runs at the
  // deadline.
  std::optional<int> wait(Deadline deadline = within(kPatience));

  std::string output() const;
  std::string error_output() const;

 private:
  base::FileDescriptor output_;
  base::FileDescriptor error_output_;
  base::FileDescriptor handle_;  // pidfd: readable when the process has ended
  pid_t pid_ = -1;
  std::optional<int> status_;
};

// The command line that runs a program as another user, without any capability.
std::vector<std::string> as_user(uid_t user, const std::vector<std::string>& arguments);

struct Outcome {
  int status = -1;
  std::string output;
  std::string error_output;
};

// Runs a program to its end. Fails when it does not come.
Outcome run(const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment = {});

// run(), and fails unless the program exits with 0.
void run_or_fail(const std::vector<std::string>& arguments);

// The path of a program of this project that was built together with this test.
std::string built_program(const std::string& name);

// Whether PATH has the program.
bool have_program(const std::string& name);

}  // namespace kevent::support

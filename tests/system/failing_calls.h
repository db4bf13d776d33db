// SPDX-License-Identifier: LGPL-2.1-or-later
// System calls of a running process that fail, made by strace.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/failure.h"
#include "tests/support/process.h"

namespace kevent::system {

class FailingCalls {
 public:
  // From when this is made, `call` fails with `error` (errno's name), `times` times ("+": until
  // end()). `paths`: only on files and sockets of these names; empty: on all.
  FailingCalls(pid_t pid, const std::string& call, const std::string& error,
               const std::string& times, const std::vector<std::string>& paths = {}) {
    std::vector<std::string> command = {
        "strace",
        "-f",
        "-p",
        std::to_string(pid),
        "-e",
        "trace=" + call,
        "-e",
        "inject=" + call + ":error=" + error + ":when=1" + (times == "+" ? "+" : ".." + times)};
    for (const std::string& path : paths) command.insert(command.end(), {"-P", path});
    strace_ = std::make_unique<support::Process>(command);
    const bool attached = support::eventually(support::within(support::kPatience),
                                              [this] { return has_printed("attached"); });
    if (!attached) support::fail("strace: " + strace_->error_output());
  }

  bool failed() const { return has_printed("(INJECTED)"); }
  void end() {
    strace_->signal(SIGTERM);
    strace_->wait();
  }

 private:
  bool has_printed(const std::string& words) const {
    return strace_->error_output().find(words) != std::string::npos;
  }

  std::unique_ptr<support::Process> strace_;
};

}  // namespace kevent::system

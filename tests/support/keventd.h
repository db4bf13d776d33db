// SPDX-License-Identifier: LGPL-2.1-or-later
// The built keventd as a child process, on a private bus and a runtime directory of the test.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace kevent::support {

struct KeventdOptions {
  std::string sources;                   // empty: all
  std::string log_size;                  // empty: the default
  std::optional<uid_t> user;             // another user, without any capability
  std::vector<std::string> environment;  // "NAME=VALUE" on top of the test's own
};

// The command line that runs keventd.
std::vector<std::string> keventd_command(const std::string& bus_address,
                                         const std::filesystem::path& runtime_directory,
                                         const KeventdOptions& options = {});

class Keventd {
 public:
  // Started and ready; fails with what keventd said when it does not get there.
  Keventd(const std::string& bus_address, const std::filesystem::path& runtime_directory,
          const KeventdOptions& options = {});

  // Kills what may be left of the one before, and returns when the new one owns the name.
  void start();
  void kill9();
  // SIGTERM; its exit status, nothing when it does not end.
  std::optional<int> stop();

  bool running() { return process_->running(); }
  pid_t pid() const { return process_->pid(); }
  void signal(int number) const { process_->signal(number); }
  // What this one said on standard error since its start.
  std::string error_output() const { return process_->error_output(); }

 private:
  std::vector<std::string> command_;
  std::vector<std::string> environment_;
  std::unique_ptr<Process> process_;
};

}  // namespace kevent::support

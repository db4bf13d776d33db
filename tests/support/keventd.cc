// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/keventd.h"

#include <signal.h>

#include "tests/support/failure.h"

namespace kevent::support {

std::vector<std::string> keventd_command(const std::string& bus_address,
                                         const std::filesystem::path& runtime_directory,
                                         const KeventdOptions& options) {
  std::vector<std::string> command = {built_program("keventd"), "--bus", bus_address,
                                      "--runtime-directory", runtime_directory.string()};
  if (!options.sources.empty()) {
    command.insert(command.end(), {"--sources", options.sources});
  }
  if (!options.log_size.empty()) {
    command.insert(command.end(), {"--log-size", options.log_size});
  }
  return options.user ? as_user(*options.user, command) : command;
}

Keventd::Keventd(const std::string& bus_address, const std::filesystem::path& runtime_directory,
                 const KeventdOptions& options)
    : command_(keventd_command(bus_address, runtime_directory, options)),
      environment_(options.environment) {
  start();
}

void Keventd::start() {
  process_.reset();
  process_ = std::make_unique<Process>(command_, environment_);
  bool ready = false;
  eventually(within(kPatience), [&] {
    ready = process_->error_output().find("keventd: ready") != std::string::npos;
    return ready || !process_->running();
  });
  if (!ready) {
    fail("keventd is not ready: " + process_->error_output());
  }
}

void Keventd::kill9() {
  process_->signal(SIGKILL);
  process_->wait();
}

std::optional<int> Keventd::stop() {
  process_->signal(SIGTERM);
  return process_->wait();
}

}  // namespace kevent::support

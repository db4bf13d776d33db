// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl: the kernel's events on the command line.
#include <csignal>
#include <exception>
#include <variant>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output.h"
#include "lib/client/bus_client.h"
#include "lib/terminal/exit_code.h"

namespace kevent::cli {
namespace {

int exit_code(client::Failure::Kind kind) {
  switch (kind) {
    case client::Failure::Kind::kNoBus:
    case client::Failure::Kind::kNoService:
      return terminal::kNoService;
    case client::Failure::Kind::kNoSuchObject:
      return terminal::kNoSuchObject;
    case client::Failure::Kind::kRefused:
      break;
  }
  return terminal::kFailed;
}

int run(const Options& options) {
  if (options.command == Command::kOn) return on(options);
  client::BusClient client(options.bus);
  Output output(options);
  switch (options.command) {
    case Command::kMonitor:
      return monitor(client, options, output);
    case Command::kLog:
      return log(client, options, output);
    case Command::kList:
      return list(client, options, output);
    case Command::kShow:
      return show(client, options, output);
    case Command::kStatus:
    case Command::kOn:
      break;
  }
  return status(client, options, output);
}

int guarded_run(const Options& options) {
  try {
    return run(options);
  } catch (const client::Failure& failure) {
    note(failure.what());
    return exit_code(failure.kind());
  } catch (const std::exception& error) {
    note(error.what());
    return terminal::kFailed;
  }
}

}  // namespace
}  // namespace kevent::cli

int main(int argc, char** argv) {
  // Whoever reads our output may stop at any time, also where our parent ignores the signal.
  std::signal(SIGPIPE, SIG_DFL);
  const auto parsed = kevent::cli::parse_options(argc, argv);
  if (const int* code = std::get_if<int>(&parsed)) return *code;
  return kevent::cli::guarded_run(std::get<kevent::cli::Options>(parsed));
}

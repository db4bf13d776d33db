// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/app/options.h"

#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "service/app/exit_code.h"
#include "service/app/service.h"
#include "service/log/event_log.h"

namespace kevent::app {
namespace {

constexpr char kFooter[] =
    "Exit codes: 0 ended by SIGTERM or SIGINT; 1 failure; 2 bad options; 3 no bus;\n"
    "4 another keventd has the name or the log.\n"
    "\n"
    "As an ordinary user, on the session bus:\n"
    "  keventd --bus session --runtime-directory $XDG_RUNTIME_DIR/keventd";

std::string default_runtime_directory() {
  const char* given = ::getenv("RUNTIME_DIRECTORY");
  return given != nullptr && *given != '\0' ? given : "/run/keventd";
}

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
  Options options;
  options.runtime_directory = default_runtime_directory();
  options.log_size = log::kDefaultLogSize;
  options.sources = source_names();

  CLI::App app("keventd puts what happens to the kernel's objects on D-Bus.", "keventd");
  app.footer(kFooter);
  app.set_version_flag("--version", std::string("keventd ") + KEVENT_VERSION);
  app.add_option("--bus", options.bus, "system, session, or a D-Bus address")
      ->capture_default_str();
  app.add_option("--runtime-directory", options.runtime_directory,
                 "where the log is kept, best a tmpfs")
      ->capture_default_str();
  app.add_option("--log-size", options.log_size, "size of the log in bytes; K, M and G are taken")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(log::kSmallestLogSize, log::kLargestLogSize))
      ->capture_default_str();
  app.add_option("--sources", options.sources, "which sources to listen to, by comma")
      ->delimiter(',')
      ->check(CLI::IsMember(source_names()))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  return options;
}

}  // namespace kevent::app

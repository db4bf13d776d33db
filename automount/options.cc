// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/options.h"

#include <glib.h>

#include <CLI/CLI.hpp>

#include "lib/terminal/exit_code.h"

namespace kevent::automount {
namespace {

constexpr char kFooter[] = R"(
Without --rules: $XDG_CONFIG_HOME/kevent/automount.conf, else ~/.config/kevent/automount.conf, when
it is there. For example, a disk that is left alone and sticks that are not written to:

  [backup]
  Uuid=7c1f4c0e-5d3b-4a43-9c05-1f6c4f1f8f4e
  Action=ignore

  [sticks]
  Drive=SanDisk-*
  Action=read-only

Exit codes:
  0  ended by SIGINT or SIGTERM
  1  something failed
  2  wrong arguments, or a rules file that can't be used
)";

}  // namespace

std::string default_rules() {
  return std::string(g_get_user_config_dir()) + "/kevent/automount.conf";
}

std::variant<Options, int> parse_options(int argc, char** argv) {
  Options options;
  CLI::App app("Has udisks2 mount what is plugged in.", "kevent-automount");
  app.footer(kFooter);
  app.set_version_flag("--version", "kevent-automount " KEVENT_VERSION);
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.add_option("--bus", options.bus, "system, session, or the address of a bus")
      ->capture_default_str()
      ->type_name("BUS");
  app.add_option("--rules", options.rules, "The rules by device")
      ->check(CLI::ExistingFile)
      ->type_name("FILE");
  app.add_flag("--json", options.json, "Print JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? terminal::kDone : terminal::kUsage;
  }
  return options;
}

}  // namespace kevent::automount

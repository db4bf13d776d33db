// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/options.h"

#include <CLI/CLI.hpp>
#include <string>

namespace kevent::gui {
namespace {

constexpr int kUsage = 2;

constexpr const char* kFooter =
    "One applet runs in a session: a second start shows the window of the first.";

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
  Options options;
  std::string bus = options.bus.toStdString();
  std::string settings;
  CLI::App app("The kernel's events in the tray of the desktop.", "kevent-tray");
  app.footer(kFooter);
  app.set_version_flag("--version", std::string("kevent-tray ") + KEVENT_VERSION);
  app.add_option("--bus", bus, "where keventd and udisks2 are: system, session, or a D-Bus address")
      ->capture_default_str();
  auto* show = app.add_flag("--show", options.show, "show the window at the start");
  app.add_flag("--hidden", options.hidden,
               "show no window, also when the applet runs already (for autostart)")
      ->excludes(show);
  app.add_option("--settings", settings, "keep the settings in this file")->type_name("FILE");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  options.bus = QString::fromStdString(bus);
  options.settings = QString::fromStdString(settings);
  return options;
}

}  // namespace kevent::gui

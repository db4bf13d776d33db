// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include "lib/terminal/exit_code.h"

namespace kevent::cli {
namespace {

constexpr char kFooter[] = R"(
Examples:
  keventctl monitor                                what happens from now on
  keventctl monitor --group Fs --json              mounts and unmounts, for a program
  keventctl monitor --since 41 --count 1           the first event after number 41
  keventctl on --signal mount -- ./index           runs ./index for each mount, one at a time
  keventctl log --object /dev/sda --last 20        what happened to a disk and its partitions
  keventctl show /sys/class/thermal/thermal_zone0  a temperature, and when it was too high
  keventctl list --subsystem block --tree

Exit codes:
  0  done
  1  the service refused, or something failed
  2  wrong arguments
  3  no bus, or org.kernel.Events1 is not on it
  4  no such object
  5  --timeout was over before --count events were seen
  126, 127  the command of `on` cannot be executed, or is not there
)";

constexpr char kOnFooter[] = R"(
The command gets the event as one line of JSON on standard input, and in its environment:
KEVENT_SIGNAL, KEVENT_OBJECT, KEVENT_DETAIL_MOUNT_POINT, ...; the man page has all. No shell is
involved unless it is the command:

  keventctl on --signal mount -- sh -c 'notify-send "$KEVENT_SIGNAL" "$KEVENT_DETAIL_MOUNT_POINT"'
)";

constexpr std::size_t kMostJobs = 256;

// A century is as good as no end, and every clock can hold it.
constexpr double kLongestTimeout = 3.2e9;

void add_json(CLI::App& command, Options& options) {
  command.add_flag("--json", options.json, "Print JSON");
}

void add_event_options(CLI::App& command, Options& options) {
  std::map<std::string, event::Group> groups;
  for (const event::Group group : event::kAllGroups) {
    groups.emplace(event::group_name(group), group);
  }
  command.add_option("--since", options.since, "Begin after this sequence")
      ->check(CLI::NonNegativeNumber)
      ->type_name("SEQUENCE");
  command
      .add_option("--group", options.group,
                  "Only this group: General, Storage, Power, Fs or Hotplug")
      ->transform(CLI::Transformer(groups, CLI::ignore_case))
      ->type_name("GROUP");
  command.add_option("--signal", options.signal, "Only this signal, as the kernel spells it")
      ->type_name("SIGNAL");
  command
      .add_option("--object", options.object,
                  "Only this object and all below it: a path in sysfs, a device node, MAJOR:MINOR, "
                  "or a D-Bus path")
      ->type_name("OBJECT");
  command
      .add_option_function<unsigned>(
          "--priority",
          [&options](unsigned value) { options.priority = static_cast<std::uint8_t>(value); },
          "Only this priority and worse: 0 (emergency) to 7 (debug), as in syslog")
      ->check(CLI::Range(0U, 7U))
      ->type_name("PRIORITY");
}

std::chrono::milliseconds timeout_of(double seconds) {
  const bool in_range = seconds >= 0 && seconds <= kLongestTimeout;  // and a number at all
  if (!in_range) throw CLI::ValidationError("--timeout", "no such time");
  return std::chrono::milliseconds(std::llround(std::ceil(seconds * 1000)));
}

void add_end_options(CLI::App& command, Options& options) {
  command.add_option("--count", options.count, "End after this many events")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command
      .add_option_function<double>(
          "--timeout", [&options](double seconds) { options.timeout = timeout_of(seconds); },
          "End after this time")
      ->type_name("SECONDS");
}

void add_monitor(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand("monitor", "Print events as they happen");
  add_event_options(command, options);
  add_end_options(command, options);
  add_json(command, options);
  command.callback([&options] { options.command = Command::kMonitor; });
}

void add_on(CLI::App& app, Options& options) {
  CLI::App& command =
      *app.add_subcommand("on", "Run a command for each event: on [OPTIONS] -- COMMAND...");
  command.footer(kOnFooter);
  add_event_options(command, options);
  add_end_options(command, options);
  command.add_option("--jobs", options.jobs, "Run so many at once; with 1 they keep their order")
      ->check(CLI::Range(std::size_t{1}, kMostJobs))
      ->capture_default_str()
      ->type_name("N");
  command.callback([&options] {
    if (options.user_command.empty()) throw CLI::RequiredError("-- COMMAND");
    options.command = Command::kOn;
  });
}

void add_log(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand("log", "Print the events that the log holds");
  add_event_options(command, options);
  add_json(command, options);
  command.add_option("--last", options.last, "Only the newest N of them")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command.callback([&options] { options.command = Command::kLog; });
}

void add_list(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand("list", "List the kernel's objects");
  command.add_option("--subsystem", options.subsystem, "Only this subsystem")
      ->type_name("SUBSYSTEM");
  command.add_flag("--tree", options.tree, "Draw them as a tree");
  add_json(command, options);
  command.callback([&options] { options.command = Command::kList; });
}

void add_show(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand("show", "Show all about one object");
  command
      .add_option("OBJECT", options.object,
                  "A path in sysfs, a device node, MAJOR:MINOR, or a D-Bus path")
      ->required();
  command.add_flag("--udev", options.udev, "With what udev knows of it");
  add_json(command, options);
  command.callback([&options] { options.command = Command::kShow; });
}

void add_status(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand("status", "Show how the service is doing");
  add_json(command, options);
  command.callback([&options] { options.command = Command::kStatus; });
}

// Where the words for `on` to run begin: at the first "--" of its command line; the end for another
// subcommand. They are not for CLI11, which makes two words of "[a,b]" and takes what it knows.
char** begin_of_command(char** begin, char** end) {
  char** const mark = std::find(begin, end, std::string_view("--"));
  return std::find(begin, mark, std::string_view("on")) == mark ? end : mark;
}

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
  Options options;
  CLI::App app("The kernel's events on D-Bus, on the command line.", "keventctl");
  app.footer(kFooter);
  app.set_version_flag("--version", "keventctl " KEVENT_VERSION);
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--bus", options.bus, "system, session, or the address of a bus")
      ->capture_default_str()
      ->type_name("BUS");
  const std::map<std::string, ColourMode> modes = {
      {"auto", ColourMode::kAuto}, {"always", ColourMode::kAlways}, {"never", ColourMode::kNever}};
  app.add_option("--color", options.colour,
                 "auto (on a terminal, unless NO_COLOR is set), always or never")
      ->transform(CLI::CheckedTransformer(modes))
      ->type_name("WHEN");
  add_monitor(app, options);
  add_on(app, options);
  add_log(app, options);
  add_list(app, options);
  add_show(app, options);
  add_status(app, options);
  char** const end = argv + argc;
  char** const command = begin_of_command(argv, end);
  if (command != end) options.user_command.assign(command + 1, end);
  try {
    app.parse(static_cast<int>(command - argv), argv);
    const bool for_nothing = options.command != Command::kOn && !options.user_command.empty();
    if (for_nothing) throw CLI::ExtrasError(options.user_command);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? terminal::kDone : terminal::kUsage;
  }
  return options;
}

}  // namespace kevent::cli

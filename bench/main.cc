// SPDX-License-Identifier: LGPL-2.1-or-later
// The benchmark: keventd beside the floor and beside udisks2, on the kernel of this machine. It
// measures and judges nothing. Run by tools/bench, as root, in a mount namespace of its own, with
// all files on a tmpfs there, so that nothing is left behind and no disk is measured.
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "bench/picture.h"
#include "bench/report.h"
#include "bench/rows.h"
#include "tests/support/mounted.h"
#include "tests/support/temporary_directory.h"

namespace kevent::bench {
namespace {

struct Group {
  const char* name;
  const char* title;
  Rows (*measure)(const Settings&);
};

constexpr Group kGroups[] = {
    {"uevent", "A uevent to a client", uevent_rows},
    {"mount", "A mount to a client", mount_rows},
    {"throughput", "A storm of uevents", throughput_rows},
    {"subscribers", "One uevent to many", subscriber_rows},
    {"start", "Start and memory", start_rows},
    {"idle", "Nothing to do", idle_rows},
};

constexpr char kDescription[] =
    "Measures keventd beside the smallest program that does the same (floor) and beside udisks2.\n"
    "Needs root. Progress is on standard error, the tables are on standard output.";

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int /*signal*/) {
  interrupted = 1;
}

struct Options {
  Form form = Form::kText;
  bool quick = false;
  std::string picture;
  std::vector<std::string> only;
};

void add_options(CLI::App& app, Options& options) {
  const auto form = [&](Form value) {
    return [&options, value](std::int64_t) { options.form = value; };
  };
  auto* json = app.add_flag("--json", form(Form::kJson), "Print JSON");
  app.add_flag("--markdown", form(Form::kMarkdown), "Print the tables of docs/performance.md")
      ->excludes(json);
  app.add_flag("--quick", options.quick, "A look, not a measurement: two rounds, small numbers");
  app.add_option("--picture", options.picture,
                 "Also draw the latency over the number of mounts, as SVG")
      ->type_name("FILE");
  std::vector<std::string> names;
  for (const Group& group : kGroups) names.emplace_back(group.name);
  app.add_option("--only", options.only, "Only these tables")
      ->delimiter(',')
      ->check(CLI::IsMember(names))
      ->type_name("NAME,...");
}

bool make_private_namespace() {
  if (::geteuid() != 0) {
    std::fputs("bench: needs root: it makes uevents, mounts and block devices\n", stderr);
    return false;
  }
  if (::unshare(CLONE_NEWNS) != 0 ||
      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    std::perror("bench: a mount namespace of its own");
    return false;
  }
  return true;
}

void say(const std::string& name, const std::string& text) {
  if (interrupted) throw std::runtime_error("interrupted");
  std::cerr << "bench: " << name << ": " << text << "\n";
}

Table measure(const Group& group, bool quick) {
  Table table{group.name, group.title, {}, {}};
  try {
    table.rows = group.measure({quick, [&](const std::string& text) { say(group.name, text); }});
  } catch (const std::exception& error) {
    table.problem = error.what();
    std::cerr << "bench: " << group.name << ": " << table.problem << "\n";
  }
  return table;
}

std::vector<Table> measure_all(const Options& options) {
  std::vector<Table> tables;
  for (const Group& group : kGroups) {
    const bool wanted = options.only.empty() || std::ranges::count(options.only, group.name) > 0;
    if (wanted && !interrupted) tables.push_back(measure(group, options.quick));
  }
  return tables;
}

int run(const Options& options) {
  if (!make_private_namespace()) return 1;
  const support::TemporaryDirectory directory;
  const support::Mounted files("tmpfs", directory.path(), "tmpfs", 0, "mode=755");
  ::setenv("TMPDIR", directory.path().c_str(), 1);
  ::signal(SIGINT, on_interrupt);
  ::signal(SIGTERM, on_interrupt);
  const std::vector<Table> tables = measure_all(options);
  std::cout << report(tables, options.form);
  if (!options.picture.empty()) std::ofstream(options.picture) << mount_picture(tables);
  const bool measured = std::all_of(tables.begin(), tables.end(),
                                    [](const Table& table) { return table.problem.empty(); });
  return measured && !interrupted ? 0 : 1;
}

}  // namespace
}  // namespace kevent::bench

int main(int argc, char** argv) {
  kevent::bench::Options options;
  CLI::App app(kevent::bench::kDescription, "tools/bench");
  kevent::bench::add_options(app, options);
  CLI11_PARSE(app, argc, argv);
  return kevent::bench::run(options);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl status: what the service says of itself. Something that was lost is told, and no
// failure.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/property_text.h"
#include "lib/client/names.h"
#include "lib/event/text.h"
#include "lib/terminal/exit_code.h"
#include "lib/terminal/table.h"
#include "lib/terminal/text.h"

namespace kevent::cli {
namespace {

using nlohmann::json;

std::string held_text(const json& manager) {
  const auto oldest = manager.value("OldestSequence", std::uint64_t{0});
  const auto last = manager.value("LastSequence", std::uint64_t{0});
  if (oldest > last) return "no events";
  return "events " + std::to_string(oldest) + " to " + std::to_string(last);
}

std::string field(const json& source, const char* name) {
  const auto found = source.find(name);
  if (found == source.end() || *found == "") return "-";
  return property_text(name, *found);
}

terminal::Row source_row(const std::string& name, const json& source) {
  terminal::Row row = {event::display_text(name)};
  for (const char* column : {"Active", "Kind", "Received", "Rejected", "Lost", "Problem"}) {
    row.push_back(field(source, column));
  }
  return row;
}

// Most kernels have no events layer: that the source `kernel` is not active there is as it should
// be.
bool is_stock_kernel(const std::string& name, const json& source) {
  return name == "kernel" && !source.value("Active", false) &&
         source.value("Problem", "").starts_with("no events layer");
}

terminal::Style source_style(const std::string& name, const json& source) {
  if (source.value("Lost", std::uint64_t{0}) > 0) return terminal::Style::kError;
  const bool well = source.value("Active", false) && source.value("Problem", "").empty();
  return well || is_stock_kernel(name, source) ? terminal::Style::kPlain
                                               : terminal::Style::kWarning;
}

void print_sources(const json& sources, Output& output) {
  std::vector<terminal::Row> rows = {
      {"SOURCE", "ACTIVE", "KIND", "RECEIVED", "REJECTED", "LOST", "PROBLEM"}};
  std::vector<terminal::Style> styles = {terminal::Style::kBold};
  for (const auto& [name, source] : sources.items()) {
    rows.push_back(source_row(name, source));
    styles.push_back(source_style(name, source));
  }
  const std::vector<std::string> lines = terminal::table_lines(rows);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    output.line(terminal::styled(lines[i], styles[i], output.colour()));
  }
}

}  // namespace

int status(client::BusClient& client, const Options&, Output& output) {
  const auto manager = client.properties("/", client::kManagerInterface);
  if (!manager) {
    throw client::Failure(
        client::Failure::Kind::kRefused,
        std::string(client::kServiceName) + " has no " + client::kManagerInterface);
  }
  if (output.json()) {
    output.document(*manager);
    return terminal::kDone;
  }
  output.line("service  " + field(*manager, "Version"));
  output.line("log      " + field(*manager, "LogId"));
  output.line("held     " + held_text(*manager));
  output.line("");
  print_sources(manager->value("Sources", json::object()), output);
  return terminal::kDone;
}

}  // namespace kevent::cli

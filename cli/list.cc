// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl list: the exported objects, as a table or a tree.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/object_tree.h"
#include "cli/property_text.h"
#include "lib/client/names.h"
#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "lib/terminal/exit_code.h"
#include "lib/terminal/table.h"
#include "lib/terminal/text.h"

namespace kevent::cli {
namespace {

using nlohmann::json;

// A property as a cell; "" where the object has no such interface or property.
std::string cell(const json& interfaces, const char* interface, const char* property) {
  const auto found = interfaces.find(interface);
  if (found == interfaces.end() || !found->contains(property)) return {};
  const json& value = (*found)[property];
  if (value.is_string()) return event::display_text(value.get<std::string>());
  return value.empty() ? std::string() : property_text(property, value);
}

terminal::Row cells(const json& interfaces) {
  return {cell(interfaces, client::kDeviceInterface, "Subsystem"),
          cell(interfaces, client::kDeviceInterface, "DeviceNode"),
          cell(interfaces, client::kDeviceInterface, "Driver"),
          cell(interfaces, client::kBlockInterface, "MountPoints")};
}

void print_table(const json& objects, Output& output) {
  std::vector<terminal::Row> rows = {{"OBJECT", "SUBSYSTEM", "NODE", "DRIVER", "MOUNT POINTS"}};
  for (const auto& [path, interfaces] : objects.items()) {
    terminal::Row row = {event::display_text(event::parse_object_path(path).value_or(path))};
    for (std::string& text : cells(interfaces)) row.push_back(std::move(text));
    rows.push_back(std::move(row));
  }
  const std::vector<std::string> lines = terminal::table_lines(rows);
  output.line(terminal::styled(lines.front(), terminal::Style::kBold, output.colour()));
  for (std::size_t i = 1; i < lines.size(); ++i) output.line(lines[i]);
}

void print_tree(const json& objects, Output& output) {
  // By object path each object comes right before those below it: '/' sorts before every other
  // character that an object path may have.
  std::vector<std::string> paths;
  std::vector<terminal::Row> rows;
  for (const auto& [path, interfaces] : objects.items()) {
    paths.push_back(event::parse_object_path(path).value_or(path));
    rows.push_back(cells(interfaces));
  }
  const std::vector<std::string> branches = tree_lines(paths);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].insert(rows[i].begin(), branches[i]);
  for (const std::string& line : terminal::table_lines(rows)) output.line(line);
}

json of_subsystem(const json& objects, const std::string& subsystem) {
  json chosen = json::object();
  for (const auto& [path, interfaces] : objects.items()) {
    const auto device = interfaces.find(client::kDeviceInterface);
    if (device != interfaces.end() && device->value("Subsystem", json()) == subsystem) {
      chosen[path] = interfaces;
    }
  }
  return chosen;
}

}  // namespace

int list(client::BusClient& client, const Options& options, Output& output) {
  json objects = client.managed_objects();
  if (options.subsystem) objects = of_subsystem(objects, *options.subsystem);
  if (output.json()) {
    output.document(objects);
  } else if (options.tree) {
    print_tree(objects, output);
  } else {
    print_table(objects, output);
  }
  return terminal::kDone;
}

}  // namespace kevent::cli

// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl show: everything that the service tells of one object.
#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/event_text.h"
#include "cli/object_name.h"
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

constexpr std::size_t kLastEvents = 5;

json interfaces_of(client::BusClient& client, const std::string& object) {
  json interfaces = json::object();
  for (const char* interface : {client::kDeviceInterface, client::kBlockInterface,
                                client::kThermalZoneInterface, client::kCoolingDeviceInterface}) {
    if (auto properties = client.properties(object, interface)) {
      interfaces[interface] = std::move(*properties);
    }
  }
  return interfaces;
}

// The newest events of the object itself.
std::deque<client::Item> last_events(client::BusClient& client, const std::string& object) {
  event::Filter filter;
  filter.object = object;
  std::deque<client::Item> newest;
  client.read_log(0, filter, [&](client::Answer& answer) {
    for (event::Event& event : answer.events) {
      if (event.object != object) continue;
      newest.emplace_back(std::move(event));
      if (newest.size() > kLastEvents) newest.pop_front();
    }
  });
  return newest;
}

void print_section(Output& output, const std::string& title, const json& properties) {
  output.line("");
  output.line(
      terminal::styled(event::display_text(title), terminal::Style::kBold, output.colour()));
  std::vector<terminal::Row> rows;
  for (const auto& [name, value] : properties.items()) {
    rows.push_back({"  " + event::display_text(name), property_text(name, value)});
  }
  for (const std::string& line : terminal::table_lines(rows)) output.line(line);
}

}  // namespace

int show(client::BusClient& client, const Options& options, Output& output) {
  const ObjectName name = find_object(client, options.object.value());
  const json interfaces = interfaces_of(client, name.path);
  const std::deque<client::Item> events = last_events(client, name.path);
  if (interfaces.empty() && events.empty() && !name.known) {
    throw client::Failure(client::Failure::Kind::kNoSuchObject,
                          "no such object: " + *options.object);
  }
  const bool with_udev = options.udev && interfaces.contains(client::kDeviceInterface);
  const json udev = with_udev ? json(client.udev_properties(name.path)) : json::object();

  if (output.json()) {
    json document = {{"object", event::object_path(name.path)},
                     {"interfaces", interfaces},
                     {"events", json::array()}};
    for (const client::Item& item : events) document["events"].push_back(item_json(item));
    if (options.udev) document["udev"] = udev;
    output.document(document);
    return terminal::kDone;
  }
  output.line(
      terminal::styled(event::display_text(name.path), terminal::Style::kBold, output.colour()));
  output.line(event::object_path(name.path));
  for (const auto& [interface, properties] : interfaces.items()) {
    print_section(output, interface, properties);
  }
  if (options.udev) print_section(output, "udev", udev);
  output.line("");
  output.line(terminal::styled(events.empty() ? "No events in the log" : "Last events",
                               terminal::Style::kBold, output.colour()));
  for (const client::Item& item : events) output.line("  " + item_line(item, output.colour()));
  return terminal::kDone;
}

}  // namespace kevent::cli

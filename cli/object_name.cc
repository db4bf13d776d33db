// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/object_name.h"

#include <optional>

#include "lib/event/object_path.h"

namespace kevent::cli {

ObjectName find_object(client::BusClient& client, const std::string& name) {
  if (event::is_at_or_below(name, event::kRootObjectPath)) {
    if (auto path = event::parse_object_path(name)) return {*path, false};
  } else if (auto found = client.find_object(name)) {
    return {*found, true};
  } else if (!event::is_at_or_below(name, "/dev")) {
    std::string path = event::is_at_or_below(name, "/sys") ? name.substr(4) : name;
    if (path.empty()) path.push_back('/');
    if (event::is_kernel_path(path)) return {path, false};
  }
  throw client::Failure(client::Failure::Kind::kNoSuchObject, "no such object: " + name);
}

}  // namespace kevent::cli

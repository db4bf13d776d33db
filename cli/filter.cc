// SPDX-License-Identifier: LGPL-2.1-or-later
// The picks of `monitor`, `on` and `log`, as the service and its clients know them.
#include <string>

#include "cli/commands.h"
#include "cli/object_name.h"
#include "lib/event/object_path.h"

namespace kevent::cli {

event::Filter filter_of(client::BusClient& client, const Options& options) {
  event::Filter filter;
  filter.group = options.group;
  filter.signal = options.signal;
  filter.priority = options.priority;
  if (options.object) {
    const ObjectName name = find_object(client, *options.object);
    if (!name.known && !options.object->starts_with(event::kRootObjectPath)) {
      note(*options.object + " is not there now; looking for the events of " + name.path);
    }
    filter.object = name.path;
  }
  return filter;
}

}  // namespace kevent::cli

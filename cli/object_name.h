// SPDX-License-Identifier: LGPL-2.1-or-later
// What a person calls an object -> its kernel path.
#pragma once

#include <string>

#include "lib/client/bus_client.h"

namespace kevent::cli {

struct ObjectName {
  std::string path;    // kernel path
  bool known = false;  // the service says that the object exists
};

// By D-Bus path (/org/kernel/...), or whatever FindDevice takes. A path in sysfs, with or without
// /sys in front, names its object also when that is gone: the log may still speak of it. Throws a
// Failure of kind kNoSuchObject for all else.
ObjectName find_object(client::BusClient& client, const std::string& name);

}  // namespace kevent::cli

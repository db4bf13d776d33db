// SPDX-License-Identifier: LGPL-2.1-or-later
// D-Bus values as JSON, in the manner of busctl: a dictionary is an object, a structure or an array
// is an array, a variant is {"type": ..., "data": ...}. So the tests compare types as well as
// values.
#pragma once

#include <systemd/sd-bus.h>

#include <nlohmann/json.hpp>
#include <string>

namespace kevent::support {

using Json = nlohmann::json;

// Everything in the message, as an array with one element for each argument.
Json read_arguments(sd_bus_message* message);

// A variant as read_arguments() gives it.
Json variant(const std::string& type, const Json& data);

}  // namespace kevent::support

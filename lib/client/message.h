// SPDX-License-Identifier: LGPL-2.1-or-later
// D-Bus messages of the service as values of this project. Everything here throws sdbus::Error
// where a message has another shape than the contract says; what the contract leaves open (a detail
// of a type that is not known yet) is skipped.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "lib/client/follower.h"
#include "lib/event/filter.h"

namespace kevent::client {

// The event in a signal of an object; nothing for another signal (PropertiesChanged, ...).
std::optional<event::Event> read_event_signal(sdbus::Message& message);

// The answer of GetEvents.
Answer read_answer(sdbus::Message& message);

// The variant at the read position as JSON: numbers, text, arrays; a dictionary is an object, a
// structure an array. null for a type that no property of the service has.
nlohmann::json read_variant(sdbus::Message& message);

// a{sv}, for instance the answer of Properties.GetAll, as an object.
nlohmann::json read_properties(sdbus::Message& message);

// a{oa{sa{sv}}}, the answer of GetManagedObjects: {object path: {interface: {property: value}}}.
nlohmann::json read_objects(sdbus::Message& message);

// The filter argument of GetEvents.
std::map<std::string, sdbus::Variant> filter_argument(const event::Filter& filter);

}  // namespace kevent::client

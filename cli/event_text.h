// SPDX-License-Identifier: LGPL-2.1-or-later
// What came out of the log, one line each: for people, or as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "lib/client/follower.h"

namespace kevent::cli {

// Sequence, local time, group, signal, kernel path, and what the event is about in a few words.
// Safe for a terminal.
std::string item_line(const client::Item& item, bool colour);

// {"sequence", "time", "group", "object", "sysfs_path", "signal", "priority", "details"}, or
// {"overwritten": COUNT}, or {"new_log": true}.
nlohmann::json item_json(const client::Item& item);

}  // namespace kevent::cli

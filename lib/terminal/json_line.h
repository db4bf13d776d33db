// SPDX-License-Identifier: LGPL-2.1-or-later
// JSON as programs read it from standard output.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kevent::terminal {

// One line of ASCII, whatever is in `document`; bytes that are no UTF-8 become U+FFFD.
std::string json_line(const nlohmann::json& document);

}  // namespace kevent::terminal

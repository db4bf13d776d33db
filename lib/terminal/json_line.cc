// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/terminal/json_line.h"

#include <nlohmann/json.hpp>

namespace kevent::terminal {

using nlohmann::json;

std::string json_line(const json& document) {
  return document.dump(-1, ' ', true, json::error_handler_t::replace);
}

}  // namespace kevent::terminal

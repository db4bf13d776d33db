// SPDX-License-Identifier: LGPL-2.1-or-later
// A property of the service for people: with its unit, and with what its special values mean.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kevent::cli {

// Safe for a terminal, whatever the value.
std::string property_text(const std::string& name, const nlohmann::json& value);

}  // namespace kevent::cli

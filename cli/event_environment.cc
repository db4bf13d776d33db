// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/event_environment.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "lib/terminal/text.h"

namespace kevent::cli {
namespace {

constexpr std::string_view kPrefix = "KEVENT_";

// Only of ASCII: the environment of a command does not depend on the locale.
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_name_character(char c) {
  return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9') || c == '_';
}

// A word begins at a capital after a small letter or a digit, and at the last one of a row of
// capitals: IOErrorCount is IO_ERROR_COUNT.
std::string upper_snake_case(std::string_view key) {
  std::string name;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool after_capital = i > 0 && is_upper(key[i - 1]);
    const bool before_small = i + 1 < key.size() && is_lower(key[i + 1]);
    const bool begins_word = i > 0 && is_upper(key[i]) && key[i - 1] != '_';
    if (begins_word && (!after_capital || before_small)) name += '_';
    name += is_lower(key[i]) ? static_cast<char>(key[i] - 'a' + 'A') : key[i];
  }
  return name;
}

struct ToText {
  using Text = std::optional<std::string>;
  Text operator()(bool value) const { return value ? "true" : "false"; }
  Text operator()(const std::string& text) const { return event::clean_text(text); }
  Text operator()(const event::DeviceNumber& number) const {
    return std::to_string(number.major) + ":" + std::to_string(number.minor);
  }
  Text operator()(const event::Environment&) const { return std::nullopt; }
  Text operator()(const event::Bytes&) const { return std::nullopt; }
  // A line each: clean text has no newline.
  Text operator()(const event::Texts& texts) const {
    std::string lines;
    for (const std::string& text : texts)
      lines += (lines.empty() ? "" : "\n") + event::clean_text(text);
    return lines;
  }
  Text operator()(const auto& number) const { return std::to_string(number); }
};

class Variables {
 public:
  void add(std::string_view name, std::string value) {
    const bool is_name = std::all_of(name.begin(), name.end(), is_name_character);
    if (!is_name || value.size() > kLongestValue) return;
    values_.emplace(std::string(kPrefix).append(name), std::move(value));
  }

  void append_to(std::vector<std::string>& environment) const {
    for (const auto& [name, value] : values_) environment.push_back(name + "=" + value);
  }

 private:
  std::map<std::string, std::string> values_;
};

void add_event(Variables& variables, const event::Event& event) {
  const std::string below_sysfs = event.object == "/" ? std::string() : event.object;
  variables.add("SEQUENCE", std::to_string(event.sequence));
  variables.add("TIME", terminal::iso_time_text(event.time_us));
  variables.add("TIME_US", std::to_string(event.time_us));
  variables.add("GROUP", std::string(event::group_name(event.group)));
  variables.add("OBJECT", event::object_path(event.object));
  variables.add("SYSFS_PATH", event::clean_text("/sys" + below_sysfs));
  variables.add("SIGNAL", event::clean_text(event.signal));
  variables.add("PRIORITY", std::to_string(event.priority));
}

void add_details(Variables& variables, const event::Details& details) {
  for (const auto& [key, value] : details.entries()) {
    auto text = std::visit(ToText{}, value);
    if (text) variables.add("DETAIL_" + upper_snake_case(key), std::move(*text));
  }
  if (const auto* uevent = details.get<event::Environment>(event::key::kUevent)) {
    for (const auto& [key, text] : *uevent) variables.add("UEVENT_" + key, event::clean_text(text));
  }
}

}  // namespace

std::vector<std::string> event_environment(const event::Event& event,
                                           const std::vector<std::string>& inherited) {
  std::vector<std::string> environment;
  std::copy_if(inherited.begin(), inherited.end(), std::back_inserter(environment),
               [](const std::string& entry) { return !entry.starts_with(kPrefix); });
  Variables variables;
  add_event(variables, event);
  add_details(variables, event.details);
  variables.append_to(environment);
  return environment;
}

}  // namespace kevent::cli

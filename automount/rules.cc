// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/rules.h"

#include <fnmatch.h>
#include <glib.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <utility>

namespace kevent::automount {
namespace {

struct Free {
  void operator()(GKeyFile* file) const { g_key_file_unref(file); }
  void operator()(GError* error) const { g_error_free(error); }
  void operator()(char* text) const { g_free(text); }
  void operator()(char** texts) const { g_strfreev(texts); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

base::Error error_in(const std::string& name, const std::string& what) {
  return {0, name + ": " + what};
}

bool pattern_holds(const std::string& pattern, const std::string& text) {
  return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

std::optional<Action> action_named(const std::string& name) {
  if (name == "ignore") return Action::kIgnore;
  if (name == "read-only") return Action::kReadOnly;
  return std::nullopt;
}

std::vector<std::string> strings(char** texts) {
  std::vector<std::string> result;
  for (char** text = texts; text != nullptr && *text != nullptr; ++text) result.emplace_back(*text);
  return result;
}

using Entries = std::map<std::string, std::string>;

base::Result<Entries> entries_of(GKeyFile* file, const std::string& section) {
  Entries entries;
  const Owned<char*> keys(g_key_file_get_keys(file, section.c_str(), nullptr, nullptr));
  for (const std::string& key : strings(keys.get())) {
    GError* raw_error = nullptr;
    const Owned<char> value(g_key_file_get_string(file, section.c_str(), key.c_str(), &raw_error));
    if (const Owned<GError> error(raw_error); error) return base::Error{0, error->message};
    entries[key] = value.get();
  }
  return entries;
}

// The section that is there twice, or has a key twice, and what is wrong with it: GLib would take
// two such sections for one, and the later value alone. Of `text` that GLib understands.
std::optional<std::string> repetition_in(const std::string& text) {
  std::set<std::string> seen;
  std::string section;
  std::istringstream lines(text);
  for (std::string raw_line; std::getline(lines, raw_line);) {
    const std::string line = g_strstrip(raw_line.data());
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      section = line;
      if (!seen.insert(section).second) return section + ": there is another one of this name";
    } else {
      std::string key = line.substr(0, line.find('='));
      key = g_strchomp(key.data());
      if (!seen.insert(section + key).second) return section + ": \"" + key + "\" is there twice";
    }
  }
  return std::nullopt;
}

}  // namespace

bool Rules::Rule::holds_for(const BlockDevice& block) const {
  const auto is_meant = [this](const std::string& node) { return pattern_holds(*device, node); };
  if (uuid && g_ascii_strcasecmp(uuid->c_str(), block.uuid.c_str()) != 0) return false;
  if (label && *label != block.label) return false;
  if (device && !is_meant(block.node) &&
      std::none_of(block.links.begin(), block.links.end(), is_meant))
    return false;
  return !drive || pattern_holds(*drive, block.drive_id);
}

Ruling Rules::ruling(const BlockDevice& device) const {
  for (const Rule& rule : rules_) {
    if (rule.holds_for(device)) return {rule.action, rule.name};
  }
  return {};
}

base::Result<Rules::Rule> Rules::Rule::make(const std::string& section,
                                            std::map<std::string, std::string> entries) {
  const auto taken = [&](const char* key) -> std::optional<std::string> {
    auto node = entries.extract(key);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  };
  Rule rule{.name = section,
            .action = Action::kMount,
            .uuid = taken("Uuid"),
            .label = taken("Label"),
            .device = taken("Device"),
            .drive = taken("Drive")};
  const std::optional<Action> action = action_named(taken("Action").value_or(""));
  if (!entries.empty()) {
    return base::Error{
        0, "\"" + entries.begin()->first + "\" is none of Action, Uuid, Label, Device and Drive"};
  }
  if (!action) return base::Error{0, "write Action=ignore or Action=read-only"};
  rule.action = *action;
  if (!rule.uuid && !rule.label && !rule.device && !rule.drive) {
    return base::Error{0, "say which devices are meant, by Uuid, Label, Device or Drive"};
  }
  return rule;
}

base::Result<Rules> Rules::parse(const std::string& text, const std::string& name) {
  const Owned<GKeyFile> file(g_key_file_new());
  GError* raw_error = nullptr;
  g_key_file_load_from_data(file.get(), text.data(), text.size(), G_KEY_FILE_NONE, &raw_error);
  if (const Owned<GError> error(raw_error); error) return error_in(name, error->message);
  if (const auto repetition = repetition_in(text)) return error_in(name, "section " + *repetition);
  std::vector<Rule> rules;
  const Owned<char*> sections(g_key_file_get_groups(file.get(), nullptr));
  for (const std::string& section : strings(sections.get())) {
    base::Result<Entries> entries = entries_of(file.get(), section);
    base::Result<Rule> rule = entries ? Rule::make(section, *std::move(entries)) : entries.error();
    if (!rule) return error_in(name, "section [" + section + "]: " + rule.error().context);
    rules.push_back(*std::move(rule));
  }
  return Rules(std::move(rules));
}

base::Result<Rules> Rules::load(const std::string& file) {
  char* raw_text = nullptr;
  gsize length = 0;
  GError* raw_error = nullptr;
  g_file_get_contents(file.c_str(), &raw_text, &length, &raw_error);
  const Owned<char> text(raw_text);
  if (const Owned<GError> error(raw_error); error) {
    if (error->code == G_FILE_ERROR_NOENT) return Rules();
    return error_in(file, error->message);
  }
  return parse(std::string(text.get(), length), file);
}

}  // namespace kevent::automount

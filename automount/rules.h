// SPDX-License-Identifier: LGPL-2.1-or-later
// The user's rules by device, from a key file (g_key_file; docs/decisions/automount-rules.md).
// Knows devices as values, and no D-Bus.
//
// Rules of the rules:
//   M1  A section is a rule. It has an Action, `ignore` or `read-only`, and at least one condition.
//   M2  Conditions: Uuid (case does not matter) and Label, literally; Device (the node in /dev, or
//       any link to it) and Drive (the drive's id), as shell patterns. All that are given must
//       hold.
//   M3  The first rule in the file that holds is the one.
//   M4  Anything else in the file, and a section or a key that is there twice, is an error that
//       names the file, and the section or the line: nobody finds out by a device that was mounted
//       after all that a key was misspelled.
//   M5  A file that is not there has no rules.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "automount/block_device.h"
#include "lib/base/result.h"

namespace kevent::automount {

enum class Action { kMount, kReadOnly, kIgnore };

struct Ruling {
  Action action = Action::kMount;
  std::string rule;  // the section that says so; empty: none does

  bool operator==(const Ruling&) const = default;
};

class Rules {
 public:
  Rules() = default;  // none

  // `name`: of the file, for messages.
  static base::Result<Rules> parse(const std::string& text, const std::string& name);
  static base::Result<Rules> load(const std::string& file);

  Ruling ruling(const BlockDevice& device) const;

 private:
  struct Rule {
    std::string name;
    Action action = Action::kMount;
    std::optional<std::string> uuid;
    std::optional<std::string> label;
    std::optional<std::string> device;
    std::optional<std::string> drive;

    static base::Result<Rule> make(const std::string& section,
                                   std::map<std::string, std::string> entries);
    bool holds_for(const BlockDevice& block) const;
  };

  explicit Rules(std::vector<Rule> rules) : rules_(std::move(rules)) {}

  std::vector<Rule> rules_;
};

}  // namespace kevent::automount

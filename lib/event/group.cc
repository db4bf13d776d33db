// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/group.h"

namespace kevent::event {

std::string_view group_name(Group group) {
  switch (group) {
    case Group::kGeneral:
      return "General";
    case Group::kStorage:
      return "Storage";
    case Group::kPower:
      return "Power";
    case Group::kFs:
      return "Fs";
    case Group::kHotplug:
      return "Hotplug";
  }
  __builtin_unreachable();
}

std::optional<Group> group_named(std::string_view name) {
  for (const Group group : kAllGroups) {
    if (group_name(group) == name) return group;
  }
  return std::nullopt;
}

}  // namespace kevent::event

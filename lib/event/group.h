// SPDX-License-Identifier: LGPL-2.1-or-later
// The kinds of events: the multicast groups of the Kernel Events Layer of 2004. A group's name is
// the last part of the D-Bus interface on which its signals are sent.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kevent::event {

enum class Group : std::uint8_t { kGeneral, kStorage, kPower, kFs, kHotplug };

inline constexpr std::array kAllGroups = {Group::kGeneral, Group::kStorage, Group::kPower,
                                          Group::kFs, Group::kHotplug};

// "General", "Storage", "Power", "Fs", "Hotplug".
std::string_view group_name(Group group);

// The inverse: exactly these five names, in this spelling.
std::optional<Group> group_named(std::string_view name);

}  // namespace kevent::event

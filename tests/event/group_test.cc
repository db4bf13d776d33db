// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/group.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace kevent::event {
namespace {

TEST(Group, HasTheNamesOfTheInterfaces) {
  std::vector<std::string_view> names;
  for (const Group group : kAllGroups) names.push_back(group_name(group));
  EXPECT_EQ(names, (std::vector<std::string_view>{"General", "Storage", "Power", "Fs", "Hotplug"}));
}

TEST(Group, IsFoundByItsName) {
  for (const Group group : kAllGroups) EXPECT_EQ(group_named(group_name(group)), group);
}

TEST(Group, IsNotFoundInAnotherSpelling) {
  for (const std::string_view name : {"", "general", "FS", "Fs ", "Hotplu", "Hotplugs"}) {
    EXPECT_EQ(group_named(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace kevent::event

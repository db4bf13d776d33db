// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/terminal/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kevent::terminal {
namespace {

using ::testing::ElementsAre;

TEST(Table, SetsColumnsBelowEachOther) {
  EXPECT_THAT(table_lines({{"A", "LONG", "C"}, {"\u00e9\u00e9\u00e9", "x", "y"}}),
              ElementsAre("A    LONG  C", "\u00e9\u00e9\u00e9  x     y"));
}

TEST(Table, EndsALineWithItsLastCharacter) {
  EXPECT_THAT(table_lines({{"A", "B"}, {"x", ""}}), ElementsAre("A  B", "x"));
}

}  // namespace
}  // namespace kevent::terminal

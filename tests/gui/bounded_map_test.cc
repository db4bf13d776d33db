// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/bounded_map.h"

#include <gtest/gtest.h>

namespace kevent::gui {
namespace {

using Map = BoundedMap<int, int, 2>;

TEST(BoundedMap, HoldsWhatWasPutIn) {
  Map map;
  map[1] = 10;
  map[1] += 1;
  ASSERT_NE(map.find(1), nullptr);
  EXPECT_EQ(*map.find(1), 11);
  EXPECT_EQ(map.find(2), nullptr);
}

TEST(BoundedMap, ForgetsTheOldestWhenFull) {
  Map map;
  map[1] = 10;
  map[2] = 20;
  map[3] = 30;
  EXPECT_EQ(map.size(), 2U);
  EXPECT_EQ(map.find(1), nullptr);
  EXPECT_NE(map.find(2), nullptr);
}

TEST(BoundedMap, SaysWhetherItErased) {
  Map map;
  map[1] = 10;
  EXPECT_TRUE(map.erase(1));
  EXPECT_FALSE(map.erase(1));
  EXPECT_EQ(map.size(), 0U);
}

}  // namespace
}  // namespace kevent::gui

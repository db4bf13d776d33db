// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/object_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kevent::cli {
namespace {

using ::testing::ElementsAre;

TEST(ObjectTree, HangsEachObjectOnTheNearestAbove) {
  EXPECT_THAT(
      tree_lines({"/devices/pci", "/devices/pci/usb1", "/devices/pci/usb1/port/disk",
                  "/devices/pci/usb2", "/devices/virtual/loop0"}),
      ElementsAre("/devices/pci", "├─usb1", "│ └─port/disk", "└─usb2", "/devices/virtual/loop0"));
}

TEST(ObjectTree, EndsABranchWhereNothingHangsOnIt) {
  EXPECT_THAT(tree_lines({"/a", "/a/b", "/a/b/c", "/a/b/c/d"}),
              ElementsAre("/a", "└─b", "  └─c", "    └─d"));
}

TEST(ObjectTree, TakesNoSimilarNameForTheOneAbove) {
  EXPECT_THAT(tree_lines({"/a/sd", "/a/sda"}), ElementsAre("/a/sd", "/a/sda"));
}

TEST(ObjectTree, IsSafeForATerminal) {
  EXPECT_THAT(tree_lines({"/a\x1b"}), ElementsAre("/a\\x1b"));
}

TEST(ObjectTree, OfNothingIsEmpty) {
  EXPECT_TRUE(tree_lines({}).empty());
}

}  // namespace
}  // namespace kevent::cli

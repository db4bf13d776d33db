// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/property_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kevent::cli {
namespace {

using nlohmann::json;

TEST(PropertyText, ShowsASizeWithItsBytes) {
  EXPECT_EQ(property_text("Size", 1073741824U), "1.0 GiB (1073741824 bytes)");
  EXPECT_EQ(property_text("Size", 0U), "no medium");
}

TEST(PropertyText, ShowsATemperature) {
  EXPECT_EQ(property_text("Temperature", 48000), "48.0 \u00b0C");
  EXPECT_EQ(property_text("Temperature", -2147483648LL), "cannot be read");
}

TEST(PropertyText, ShowsTrips) {
  EXPECT_EQ(property_text("Trips", {{0, "passive", 95000, 2000}, {1, "hot", 100000, 0}}),
            "passive 95.0 \u00b0C (hysteresis 2.0 \u00b0C), hot 100.0 \u00b0C (hysteresis 0.0 "
            "\u00b0C)");
}

TEST(PropertyText, ShowsAState) {
  EXPECT_EQ(property_text("State", 3U), "3");
  EXPECT_EQ(property_text("State", 4294967295U), "cannot be read");
}

TEST(PropertyText, ShowsADeviceNumber) {
  EXPECT_EQ(property_text("DeviceNumber", json::array({7, 0})), "7:0");
  EXPECT_EQ(property_text("DeviceNumber", json::array({0, 0})), "none");
}

TEST(PropertyText, ShowsTheLastEvent) {
  EXPECT_EQ(property_text("LastEvent", json::array({42, "mount"})), "42 mount");
  EXPECT_EQ(property_text("LastEvent", json::array({0, ""})), "none");
}

TEST(PropertyText, ShowsTheParentAsAKernelPath) {
  EXPECT_EQ(property_text("Parent", "/org/kernel/devices/a_3ab"), "/devices/a:b");
  EXPECT_EQ(property_text("Parent", "/"), "none");
}

TEST(PropertyText, ShowsLists) {
  EXPECT_EQ(property_text("MountPoints", {"/a", "/b"}), "/a, /b");
  EXPECT_EQ(property_text("MountPoints", json::array()), "none");
}

TEST(PropertyText, ShowsPlainValues) {
  EXPECT_EQ(property_text("Removable", true), "yes");
  EXPECT_EQ(property_text("Driver", ""), "none");
  EXPECT_EQ(property_text("Driver", "sd"), "sd");
  EXPECT_EQ(property_text("Anything", nullptr), "null");
}

TEST(PropertyText, IsSafeForATerminal) {
  EXPECT_EQ(property_text("Driver", "\x1b[2J"), "\\x1b[2J");
  EXPECT_EQ(property_text("MountPoints", {"/\u202e"}), "/\\u{202e}");
  EXPECT_EQ(property_text("LastEvent", json::array({1, "\n"})), "1 \\x0a");
}

// Of another type than the contract says: shown as it is.
TEST(PropertyText, ShowsAnyOtherShapeToo) {
  for (const char* name : {"Size", "Temperature", "Trips", "DeviceNumber", "LastEvent", "State"}) {
    for (const json& value : {json("x"), json(1.5), json::array({1}), json::object(),
                              json::array({json::array({1, 2, 3, 4}), "x"})}) {
      EXPECT_FALSE(property_text(name, value).empty()) << name << " " << value;
    }
  }
}

}  // namespace
}  // namespace kevent::cli

// SPDX-License-Identifier: LGPL-2.1-or-later
// ThermalZone and CoolingDevice on a real bus, over a folder that looks like sysfs: the machines
// that run these tests have neither.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "service/decode/thermal.h"
#include "tests/bus/served_tree.h"

namespace kevent::bus {
namespace {

using support::Json;

const std::string kZone = "/devices/virtual/thermal/thermal_zone3";
const std::string kFan = "/devices/virtual/thermal/cooling_device7";

class ThermalObjectsOfAFakeSysfs : public ::testing::Test {
 protected:
  ThermalObjectsOfAFakeSysfs()
      : served_(
            {{kZone + "/type", "acpitz"},
             {kZone + "/temp", "40000"},
             {kZone + "/trip_point_0_type", "passive"},
             {kZone + "/trip_point_0_temp", "80000"},
             {kZone + "/trip_point_0_hyst", "2000"},
             {kFan + "/type", "Fan"},
             {kFan + "/max_state", "3"},
             {kFan + "/cur_state", "1"},
             {"/class/thermal/.keep", ""}},
            {{kZone + "/subsystem", "/class/thermal"}, {kFan + "/subsystem", "/class/thermal"}}) {
    served_.hotplug(event::signal::kAdd, kZone);
    served_.hotplug(event::signal::kAdd, kFan);
  }

  Json get_all(const std::string& object, const std::string& interface) {
    const auto reply = served_.get_all(object, interface);
    EXPECT_EQ(reply.error, "") << reply.error_text;
    return reply.ok() ? reply.arguments[0] : Json();
  }
  std::vector<Json> changes() { return served_.heard("PropertiesChanged"); }

  ServedTree served_;
};

TEST_F(ThermalObjectsOfAFakeSysfs, TellAZoneAsTheKernelHasIt) {
  const Json zone = get_all(kZone, "ThermalZone");
  EXPECT_EQ(zone["Type"]["data"], "acpitz");
  EXPECT_EQ(zone["Temperature"]["data"], 40000);
  EXPECT_EQ(zone["Trips"]["type"], "a(usii)");
  EXPECT_EQ(zone["Trips"]["data"], Json::parse(R"([[0, "passive", 80000, 2000]])"));
  EXPECT_EQ(zone["Overheating"]["data"], false);
}

TEST_F(ThermalObjectsOfAFakeSysfs, AskTheKernelForATemperatureAnew) {
  served_.fake().set(kZone + "/temp", "-5000");
  EXPECT_EQ(get_all(kZone, "ThermalZone")["Temperature"]["data"], -5000);
  served_.fake().set(kZone + "/temp", "garbage");
  EXPECT_EQ(get_all(kZone, "ThermalZone")["Temperature"]["data"], -2147483648LL);
}

TEST_F(ThermalObjectsOfAFakeSysfs, SayOnceThatAZoneOverheats) {
  const event::Trip trip{0, "passive", 80000, 2000, true};
  const auto hot = decode::overheating_event(kZone, trip, 81000, false, 1);
  served_.tree().before(hot);
  served_.tree().before(hot);
  auto changed = changes();
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0][0], "org.kernel.Events1.ThermalZone");
  EXPECT_EQ(changed[0][1]["Overheating"]["data"], true);
  served_.tree().before(decode::normal_event(kZone, 79000, false, 2));
  changed = changes();
  ASSERT_EQ(changed.size(), 2u);
  EXPECT_EQ(changed[1][1]["Overheating"]["data"], false);
}

TEST_F(ThermalObjectsOfAFakeSysfs, TellACoolingDeviceAsTheKernelHasIt) {
  const Json fan = get_all(kFan, "CoolingDevice");
  EXPECT_EQ(fan["Type"]["data"], "Fan");
  EXPECT_EQ(fan["MaximumState"]["data"], 3);
  EXPECT_EQ(fan["State"]["data"], 1);
}

TEST_F(ThermalObjectsOfAFakeSysfs, SayThatACoolingDeviceWorksHarder) {
  served_.tree().refresh(kFan);
  EXPECT_TRUE(changes().empty());
  served_.fake().set(kFan + "/cur_state", "2");
  served_.tree().refresh(kFan);
  const auto changed = changes();
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0][0], "org.kernel.Events1.CoolingDevice");
  EXPECT_EQ(changed[0][1]["State"]["data"], 2);
}

}  // namespace
}  // namespace kevent::bus

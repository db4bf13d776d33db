// SPDX-License-Identifier: LGPL-2.1-or-later
// ThermalZone and CoolingDevice on a real bus, over a folder that looks like sysfs: the machines
// that run these tests have neither.
#include <gtest/gtest.h>
#include <sdbus-c++/sdbus-c++.h>

#include <memory>
#include <string>

#include "service/bus/device_object.h"
#include "service/decode/thermal.h"
#include "service/event/object_path.h"
#include "tests/source/fake_sysfs.h"
#include "tests/support/bus_connection.h"
#include "tests/support/private_bus.h"

namespace kevent::bus {
namespace {

using support::Json;

const std::string kZone = "/devices/virtual/thermal/thermal_zone3";
const std::string kFan = "/devices/virtual/thermal/cooling_device7";
constexpr char kName[] = "org.example.FakeSysfs";

class ThermalObjectsOfAFakeSysfs : public ::testing::Test {
 protected:
  ThermalObjectsOfAFakeSysfs()
      : fake_({{kZone + "/type", "acpitz"},
               {kZone + "/temp", "40000"},
               {kZone + "/trip_point_0_type", "passive"},
               {kZone + "/trip_point_0_temp", "80000"},
               {kZone + "/trip_point_0_hyst", "2000"},
               {kFan + "/type", "Fan"},
               {kFan + "/max_state", "3"},
               {kFan + "/cur_state", "1"},
               {"/class/thermal/.keep", ""}},
              {{kZone + "/subsystem", "/class/thermal"}, {kFan + "/subsystem", "/class/thermal"}}),
        connection_(sdbus::createSessionBusConnectionWithAddress(bus_.address())),
        caller_(bus_.address()) {
    const DeviceContext context{*connection_, fake_.get(), state_};
    zone_ = make_device_object(context, kZone);
    fan_ = make_device_object(context, kFan);
    connection_->requestName(kName);
    caller_.subscribe("type='signal',member='PropertiesChanged'", [this](sd_bus_message* message) {
      changes_.push_back(support::read_arguments(message));
    });
    connection_->enterEventLoopAsync();
  }
  ~ThermalObjectsOfAFakeSysfs() override { connection_->leaveEventLoop(); }

  Json get_all(const std::string& object, const std::string& interface) {
    const auto reply = caller_.call(
        {event::object_path(object), "org.freedesktop.DBus.Properties", "GetAll", kName}, "s",
        ("org.kernel.Events1." + interface).c_str());
    EXPECT_EQ(reply.error, "") << reply.error_text;
    return reply.ok() ? reply.arguments[0] : Json();
  }
  // All PropertiesChanged up to now: an answer on the same connection comes after them.
  const std::vector<Json>& changes() {
    get_all(kZone, "Device");
    caller_.process();
    return changes_;
  }

  support::PrivateBus bus_;
  source::FakeSysfs fake_;
  event::KernelState state_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<DeviceObject> zone_;
  std::unique_ptr<DeviceObject> fan_;
  std::vector<Json> changes_;
  support::BusConnection caller_;
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
  fake_.set(kZone + "/temp", "-5000");
  EXPECT_EQ(get_all(kZone, "ThermalZone")["Temperature"]["data"], -5000);
  fake_.set(kZone + "/temp", "garbage");
  EXPECT_EQ(get_all(kZone, "ThermalZone")["Temperature"]["data"], -2147483648LL);
}

TEST_F(ThermalObjectsOfAFakeSysfs, SayOnceThatAZoneOverheats) {
  const decode::Trip trip{0, "passive", 80000, 2000, true};
  const auto hot = decode::overheating_event(kZone, trip, 81000, false, 1);
  zone_->apply(hot);
  zone_->apply(hot);
  ASSERT_EQ(changes().size(), 1u);
  EXPECT_EQ(changes_[0][0], "org.kernel.Events1.ThermalZone");
  EXPECT_EQ(changes_[0][1]["Overheating"]["data"], true);
  zone_->apply(decode::normal_event(kZone, 79000, false, 2));
  ASSERT_EQ(changes().size(), 2u);
  EXPECT_EQ(changes_[1][1]["Overheating"]["data"], false);
}

TEST_F(ThermalObjectsOfAFakeSysfs, TellACoolingDeviceAsTheKernelHasIt) {
  const Json fan = get_all(kFan, "CoolingDevice");
  EXPECT_EQ(fan["Type"]["data"], "Fan");
  EXPECT_EQ(fan["MaximumState"]["data"], 3);
  EXPECT_EQ(fan["State"]["data"], 1);
}

TEST_F(ThermalObjectsOfAFakeSysfs, SayThatACoolingDeviceWorksHarder) {
  fan_->refresh();
  EXPECT_TRUE(changes().empty());
  fake_.set(kFan + "/cur_state", "2");
  fan_->refresh();
  ASSERT_EQ(changes().size(), 1u);
  EXPECT_EQ(changes_[0][0], "org.kernel.Events1.CoolingDevice");
  EXPECT_EQ(changes_[0][1]["State"]["data"], 2);
}

}  // namespace
}  // namespace kevent::bus

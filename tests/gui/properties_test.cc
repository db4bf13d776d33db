// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/properties.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/gui/sample_events.h"

namespace kevent::gui {
namespace {

using nlohmann::json;

QString value_of(const std::vector<Property>& properties, const QString& name) {
  const auto found = std::ranges::find(properties, name, &Property::name);
  return found == properties.end() ? QStringLiteral("(not there)") : found->value;
}

QString property_value(const std::string& interface, const std::string& name, const json& value) {
  const json interfaces = {{"org.kernel.Events1." + interface, {{name, value}}}};
  return value_of(properties_of(interfaces, {}, false), QString::fromStdString(name));
}

TEST(Properties, HaveTheWholeObjectOfAnEvent) {
  const std::string object = "/devices/" + std::string(300, 'x');
  const auto properties = properties_of(test::sample_event(1, object, "add"), false);
  EXPECT_EQ(value_of(properties, QStringLiteral("Object")), QString::fromStdString(object));
}

TEST(Properties, HaveEachDetailOfAnEvent) {
  event::Event event = test::sample_event(1, "/devices/x", "overheating");
  event.details.set(event::key::kTemperature, std::int32_t{50'000});
  event.details.set(event::key::kSynthesized, true);
  event.details.set(event::key::kDeviceNumber, event::DeviceNumber{8, 1});
  const auto properties = properties_of(event, true);
  EXPECT_EQ(value_of(properties, QStringLiteral("Temperature")), QStringLiteral("122.0 °F"));
  EXPECT_EQ(value_of(properties, QStringLiteral("Synthesized")), QStringLiteral("yes"));
  EXPECT_EQ(value_of(properties, QStringLiteral("DeviceNumber")), QStringLiteral("8:1"));
}

TEST(Properties, HaveTheRawUeventLast) {
  event::Event event = test::sample_event(1, "/devices/x", "add");
  event.details.set(event::key::kUevent, event::Environment{{"ACTION", "add"}});
  event.details.set(event::key::kCut, std::string("later"));
  const Property last = properties_of(event, false).back();
  EXPECT_EQ(last.name, QStringLiteral("ACTION"));
}

TEST(Properties, SayWhatSpecialValuesMean) {
  EXPECT_EQ(property_value("Block", "Size", 0U), QStringLiteral("no medium"));
  EXPECT_EQ(property_value("ThermalZone", "Temperature", std::numeric_limits<std::int32_t>::min()),
            QStringLiteral("cannot be read"));
  EXPECT_EQ(property_value("CoolingDevice", "State", std::numeric_limits<std::uint32_t>::max()),
            QStringLiteral("cannot be read"));
  EXPECT_EQ(property_value("Device", "Driver", ""), QStringLiteral("none"));
  EXPECT_EQ(property_value("Block", "MountPoints", json::array()), QStringLiteral("none"));
  EXPECT_EQ(property_value("Device", "LastEvent", json::array({0, ""})), QStringLiteral("none"));
}

TEST(Properties, SayTripsAndPathsInWords) {
  EXPECT_EQ(property_value("ThermalZone", "Trips", json::array({{0, "hot", 90'000, 1'000}})),
            QStringLiteral("hot at 90.0 °C"));
  EXPECT_EQ(property_value("Device", "Parent", "/org/kernel/devices/a_5fb"),
            QStringLiteral("/devices/a_b"));
}

TEST(Properties, ShowAValueOfAnotherTypeAsItIs) {
  EXPECT_EQ(property_value("ThermalZone", "Temperature", "warm"), QStringLiteral("warm"));
  EXPECT_EQ(property_value("ThermalZone", "Trips", json::array({1})), QStringLiteral("1"));
  EXPECT_EQ(property_value("Device", "LastEvent", 5), QStringLiteral("5"));
  EXPECT_EQ(property_value("Device", "Parent", 5), QStringLiteral("none"));
  EXPECT_EQ(property_value("Device", "Other", json::object({{"a", 1}})),
            QStringLiteral("{\"a\":1}"));
}

TEST(Properties, LeaveOutTheBussOwnInterfaces) {
  const json interfaces = {{"org.freedesktop.DBus.Properties", {{"A", 1}}}};
  EXPECT_TRUE(properties_of(interfaces, {}, false).empty());
}

TEST(PropertiesModel, NamesASectionOnce) {
  PropertiesModel model;
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  const QString section = QStringLiteral("Block");
  model.set_properties({{section, QStringLiteral("a"), {}}, {section, QStringLiteral("b"), {}}});
  EXPECT_EQ(model.index(0, PropertiesModel::kSection).data(), section);
  EXPECT_EQ(model.index(1, PropertiesModel::kSection).data(), QString());
}

}  // namespace
}  // namespace kevent::gui

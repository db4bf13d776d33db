// SPDX-License-Identifier: LGPL-2.1-or-later
// The tree of device objects as a client sees it, over a folder that looks like sysfs. The rules
// are those of the header.
#include "service/bus/device_tree.h"

#include <gio/gio.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>

#include "tests/bus/served_tree.h"

namespace kevent::bus {
namespace {

using support::Json;
using support::Reply;
using Names = std::set<std::string>;

const std::string kDisk = "/devices/virtual/block/disk0";
const std::string kPartition = kDisk + "/disk0p1";
const std::string kZone = "/devices/virtual/thermal/thermal_zone0";
const std::string kFan = "/devices/virtual/thermal/cooling_device0";
// Sorts between "thermal" and what is in it.
const std::string kOther = "/devices/virtual/thermal-like/other";

sysfs::FakeSysfs::Pairs in_subsystem(const std::string& name, const Names& objects) {
  sysfs::FakeSysfs::Pairs links;
  for (const std::string& object : objects) {
    links.emplace_back(object + "/subsystem", "/class/" + name);
  }
  return links;
}

sysfs::FakeSysfs::Pairs all_links() {
  auto links = in_subsystem(
      "block", {kDisk, kPartition, "/devices/new/disk0", "/devices/new/disk0/disk0p1"});
  for (auto& link : in_subsystem("thermal", {kZone, kFan})) links.push_back(link);
  for (auto& link : in_subsystem("like", {kOther})) links.push_back(link);
  return links;
}

struct Unref {
  void operator()(GDBusNodeInfo* node) const { g_dbus_node_info_unref(node); }
};
using Node = std::unique_ptr<GDBusNodeInfo, Unref>;

Node parse(const std::string& xml) {
  return Node(g_dbus_node_info_new_for_xml(xml.c_str(), nullptr));
}

// The interface in one form, without comments.
std::string canonical(const std::string& xml, const std::string& interface) {
  const Node node = parse(xml);
  GDBusInterfaceInfo* const found =
      node ? g_dbus_node_info_lookup_interface(node.get(), interface.c_str()) : nullptr;
  if (found == nullptr) return "";
  GString* const text = g_string_new(nullptr);
  g_dbus_interface_info_generate_xml(found, 0, text);
  std::string result = text->str;
  g_string_free(text, TRUE);
  return result;
}

class DeviceTreeOnABus : public ::testing::Test {
 protected:
  DeviceTreeOnABus()
      : served_(
            {{"/class/block/.keep", ""}, {"/class/thermal/.keep", ""}, {"/class/like/.keep", ""}},
            all_links()) {
    for (const std::string& object : {kDisk, kPartition, kZone, kFan, kOther}) {
      served_.hotplug(event::signal::kAdd, object);
    }
  }

  Names children(const std::string& path) {
    Names names;
    const Reply reply = served_.introspect(path);
    EXPECT_TRUE(reply.ok()) << path << ": " << reply.error;
    const Node node = parse(reply.ok() ? std::string(reply.arguments[0]) : "");
    if (!node) return names;
    for (GDBusNodeInfo** child = node->nodes; child != nullptr && *child != nullptr; ++child) {
      EXPECT_TRUE(names.insert((*child)->path).second) << (*child)->path << " twice";
    }
    return names;
  }

  Names managed() {
    Names paths;
    const Reply reply =
        served_.call("/org/kernel", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects");
    EXPECT_TRUE(reply.ok()) << reply.error;
    for (const auto& [path, interfaces] : reply.arguments[0].items()) paths.insert(path);
    return paths;
  }

  ServedTree served_;
};

TEST_F(DeviceTreeOnABus, ListsWhatIsRightBelowAPath) {
  EXPECT_EQ(children("/org/kernel"), Names{"devices"});
  EXPECT_EQ(children("/org/kernel/devices"), Names{"virtual"});
  EXPECT_EQ(children("/org/kernel/devices/virtual"), (Names{"block", "thermal", "thermal_2dlike"}));
  EXPECT_EQ(children(event::object_path(kDisk)), Names{"disk0p1"});
  EXPECT_EQ(children(event::object_path(kPartition)), Names{});
}

TEST_F(DeviceTreeOnABus, RefusesToDescribeWhatIsNotThere) {
  for (const char* path :
       {"/org/kernel/devices/virtual/nothing", "/org/kernel/devices/virtual/bloc",
        "/org/kernel/devices/_76irtual", "/org/kernel/nothing"}) {
    EXPECT_EQ(served_.introspect(path).error, "org.freedesktop.DBus.Error.UnknownObject") << path;
  }
}

TEST_F(DeviceTreeOnABus, GivesAllObjectsAtOnce) {
  Names paths;
  for (const std::string& object : {kDisk, kPartition, kZone, kFan, kOther}) {
    paths.insert(event::object_path(object));
  }
  EXPECT_EQ(managed(), paths);
}

TEST_F(DeviceTreeOnABus, ReadsTheSizeOfADiskAnewWhenItIsRefreshed) {
  served_.fake().set(kDisk + "/size", "2048");
  served_.tree().refresh(kDisk);
  const auto changed = served_.heard("PropertiesChanged");
  ASSERT_EQ(changed.size(), 1u);
  EXPECT_EQ(changed[0][0], "org.kernel.Events1.Block");
  EXPECT_EQ(changed[0][1]["Size"]["data"], 1 << 20);
}

TEST_F(DeviceTreeOnABus, SaysNothingOfMountPointsWhenAFilesystemComesAlive) {
  event::Event mount;
  mount.group = event::Group::kFs;
  mount.object = kDisk;
  mount.signal = event::signal::kMount;
  mount.details.set(event::key::kScope, std::string(event::kScopeFileSystem));
  served_.tree().before(mount);
  EXPECT_TRUE(served_.heard("PropertiesChanged").empty());
  mount.details.set(event::key::kScope, std::string(event::kScopeMountPoint));
  served_.tree().before(mount);
  EXPECT_EQ(served_.heard("PropertiesChanged").size(), 1u);
}

TEST_F(DeviceTreeOnABus, IsTheContract) {
  for (const auto& [object, name] :
       {std::pair(kOther, "Device"), std::pair(kDisk, "Block"), std::pair(kZone, "ThermalZone"),
        std::pair(kFan, "CoolingDevice")}) {
    const std::string interface = std::string("org.kernel.Events1.") + name;
    std::ifstream file(KEVENT_SOURCE_DIR "/dbus/" + interface + ".xml");
    const std::string contract(std::istreambuf_iterator<char>(file), {});
    const Reply reply = served_.introspect(event::object_path(object));
    ASSERT_TRUE(reply.ok()) << reply.error;
    EXPECT_NE(canonical(contract, interface), "");
    EXPECT_EQ(canonical(reply.arguments[0], interface), canonical(contract, interface));
  }
}

TEST_F(DeviceTreeOnABus, HasOnlyTheInterfacesOfItsSubsystem) {
  EXPECT_TRUE(served_.get_all(kDisk, "Block").ok());
  EXPECT_EQ(served_.get_all(kOther, "Block").error, "org.freedesktop.DBus.Error.UnknownInterface");
  EXPECT_EQ(served_.get_all(kFan, "ThermalZone").error,
            "org.freedesktop.DBus.Error.UnknownInterface");
}

// udev knows no device of this folder.
TEST_F(DeviceTreeOnABus, NamesTheErrorOfAMethod) {
  EXPECT_EQ(
      served_.call(event::object_path(kDisk), "org.kernel.Events1.Device", "GetUdevProperties")
          .error,
      "org.kernel.Events1.Error.NoSuchObject");
}

// O1.
TEST_F(DeviceTreeOnABus, AnnouncesAnObjectWithItsInterfaces) {
  const auto added = served_.heard("InterfacesAdded");
  ASSERT_EQ(added.size(), 5u);
  EXPECT_EQ(added[0][0], event::object_path(kDisk));
  EXPECT_TRUE(added[0][1].contains("org.kernel.Events1.Device"));
  EXPECT_EQ(added[0][1]["org.kernel.Events1.Block"]["Size"]["data"], 0);
}

// O2.
TEST_F(DeviceTreeOnABus, WithdrawsAnObjectWithItsInterfaces) {
  served_.hotplug(event::signal::kRemove, kFan);
  const auto removed = served_.heard("InterfacesRemoved");
  ASSERT_EQ(removed.size(), 1u);
  EXPECT_EQ(removed[0], Json::array({event::object_path(kFan),
                                     Json::array({"org.kernel.Events1.Device",
                                                  "org.kernel.Events1.CoolingDevice"})}));
  EXPECT_EQ(served_.get_all(kFan, "Device").error, "org.freedesktop.DBus.Error.UnknownObject");
}

// O2.
TEST_F(DeviceTreeOnABus, TakesWhatIsBelowAlongInAMove) {
  event::Details details;
  details.set_text(event::key::kOldObject, kDisk);
  served_.hotplug(event::signal::kMove, "/devices/new/disk0", details);
  const Names paths = managed();
  EXPECT_TRUE(paths.contains("/org/kernel/devices/new/disk0"));
  EXPECT_TRUE(paths.contains("/org/kernel/devices/new/disk0/disk0p1"));
  EXPECT_FALSE(paths.contains(event::object_path(kDisk)));
  EXPECT_FALSE(paths.contains(event::object_path(kPartition)));
}

// O3.
TEST_F(DeviceTreeOnABus, ExportsOnlyDevices) {
  served_.hotplug(event::signal::kAdd, "/class/block");
  served_.hotplug(event::signal::kAdd, "/devices/virtual/gone");
  EXPECT_EQ(served_.heard("InterfacesAdded").size(), 5u);
}

}  // namespace
}  // namespace kevent::bus

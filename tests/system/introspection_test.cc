// SPDX-License-Identifier: LGPL-2.1-or-later
// The running service is what dbus/*.xml says, on every object, and refuses what is not there.
#include <gio/gio.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>

#include "tests/support/failure.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Json;
using support::Reply;

using Members = std::set<std::string>;  // one line each, with types and annotations

struct Unref {
  void operator()(GDBusNodeInfo* node) const { g_dbus_node_info_unref(node); }
};
using Node = std::unique_ptr<GDBusNodeInfo, Unref>;

Node parse(const std::string& xml) {
  GError* error = nullptr;
  Node node(g_dbus_node_info_new_for_xml(xml.c_str(), &error));
  if (node == nullptr) {
    const std::string why = error->message;
    g_error_free(error);
    support::fail("no introspection data: " + why);
  }
  return node;
}

std::string arguments(GDBusArgInfo** list, const std::string& direction) {
  std::string result;
  for (; list != nullptr && *list != nullptr; ++list) {
    result += " " + direction + " " + (*list)->signature + " " + (*list)->name;
  }
  return result;
}

std::string annotations(GDBusAnnotationInfo** list) {
  std::set<std::string> sorted;
  for (; list != nullptr && *list != nullptr; ++list) {
    sorted.insert(std::string(" ") + (*list)->key + "=" + (*list)->value);
  }
  std::string result;
  for (const std::string& annotation : sorted) {
    result += annotation;
  }
  return result;
}

Members members(const GDBusInterfaceInfo& interface) {
  Members result;
  for (GDBusMethodInfo** method = interface.methods; method != nullptr && *method != nullptr;
       ++method) {
    result.insert(std::string("method ") + (*method)->name + arguments((*method)->in_args, "in") +
                  arguments((*method)->out_args, "out") + annotations((*method)->annotations));
  }
  for (GDBusSignalInfo** signal = interface.signals; signal != nullptr && *signal != nullptr;
       ++signal) {
    result.insert(std::string("signal ") + (*signal)->name + arguments((*signal)->args, "") +
                  annotations((*signal)->annotations));
  }
  for (GDBusPropertyInfo** property = interface.properties;
       property != nullptr && *property != nullptr; ++property) {
    const bool writable = ((*property)->flags & G_DBUS_PROPERTY_INFO_FLAGS_WRITABLE) != 0;
    result.insert(std::string("property ") + (*property)->name + " " + (*property)->signature +
                  (writable ? " writable" : "") + annotations((*property)->annotations));
  }
  return result;
}

std::set<std::string> property_names(const GDBusInterfaceInfo& interface) {
  std::set<std::string> result;
  for (GDBusPropertyInfo** property = interface.properties;
       property != nullptr && *property != nullptr; ++property) {
    result.insert((*property)->name);
  }
  return result;
}

Node contract(const std::string& interface) {
  std::ifstream file(std::string(KEVENT_SOURCE_DIR "/dbus/") + interface + ".xml");
  return parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

Node introspect(Service& service, const std::string& path) {
  const Reply reply =
      service.caller.call({path, "org.freedesktop.DBus.Introspectable", "Introspect"});
  if (!reply.ok()) {
    support::fail(path + ": " + reply.error);
  }
  return parse(reply.arguments[0]);
}

// All exported objects with their interfaces and properties.
Json managed_objects(Service& service) {
  const Reply reply = service.caller.call(
      {support::kManagerPath, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"});
  EXPECT_TRUE(reply.ok()) << reply.error;
  return reply.arguments[0];
}

void expect_contract(Service& service, const std::string& path, const std::string& interface) {
  const Node expected = contract(interface);
  const Node running = introspect(service, path);
  const GDBusInterfaceInfo* found =
      g_dbus_node_info_lookup_interface(running.get(), interface.c_str());
  ASSERT_NE(found, nullptr) << path << " lacks " << interface;
  EXPECT_EQ(members(*found),
            members(*g_dbus_node_info_lookup_interface(expected.get(), interface.c_str())));
}

TEST(Introspection, OfTheManagerIsTheContract) {
  Service service;
  expect_contract(service, support::kManagerPath, support::kManagerInterface);
}

class IntrospectionOf : public ::testing::TestWithParam<std::string> {};

TEST_P(IntrospectionOf, AnObjectIsTheContract) {
  Service service;
  const std::string interface = "org.kernel.Events1." + GetParam();
  const Json objects = managed_objects(service);
  for (const auto& [path, interfaces] : objects.items()) {
    if (interfaces.contains(interface)) {
      expect_contract(service, path, interface);
      return;
    }
  }
  GTEST_SKIP() << "no object of this machine has " << interface;
}

INSTANTIATE_TEST_SUITE_P(EveryInterface, IntrospectionOf,
                         ::testing::Values("Device", "Block", "ThermalZone", "CoolingDevice"));

TEST(Introspection, KnowsNoInterfaceWithoutAContract) {
  Service service;
  const Json objects = managed_objects(service);
  for (const auto& [path, interfaces] : objects.items()) {
    for (const auto& [interface, properties] : interfaces.items()) {
      if (interface.starts_with("org.kernel.Events1")) {
        EXPECT_TRUE(std::ifstream(KEVENT_SOURCE_DIR "/dbus/" + interface + ".xml").good())
            << interface << " of " << path;
      }
    }
  }
}

TEST(Properties, OfAllObjectsAreThoseOfTheContract) {
  Service service;
  const Json objects = managed_objects(service);
  for (const auto& [path, interfaces] : objects.items()) {
    for (const auto& [interface, properties] : interfaces.items()) {
      if (interface.starts_with("org.kernel.Events1")) {
        std::set<std::string> names;
        for (const auto& [name, value] : properties.items()) {
          names.insert(name);
        }
        const Node expected = contract(interface);
        EXPECT_EQ(names, property_names(
                             *g_dbus_node_info_lookup_interface(expected.get(), interface.c_str())))
            << path;
      }
    }
  }
}

TEST(Properties, OfAllObjectsCanBeRead) {
  Service service;
  const Json objects = managed_objects(service);
  for (const auto& [path, interfaces] : objects.items()) {
    for (const auto& [interface, properties] : interfaces.items()) {
      for (const auto& [name, value] : properties.items()) {
        EXPECT_NO_THROW(support::property(service.caller, path, interface, name)) << path << name;
      }
    }
  }
}

TEST(Properties, OfTheManagerCanBeReadAtOnce) {
  Service service;
  const Reply reply =
      service.caller.call({support::kManagerPath, "org.freedesktop.DBus.Properties", "GetAll"}, "s",
                          support::kManagerInterface);
  ASSERT_TRUE(reply.ok()) << reply.error;
  EXPECT_TRUE(reply.arguments[0].contains("Sources"));
}

TEST(Properties, CannotBeWritten) {
  Service service;
  EXPECT_EQ(service.caller
                .call({support::kManagerPath, "org.freedesktop.DBus.Properties", "Set"}, "ssv",
                      support::kManagerInterface, "Version", "s", "9")
                .error,
            "org.freedesktop.DBus.Error.PropertyReadOnly");
}

TEST(Properties, ThatAreUnknownAreRefused) {
  Service service;
  EXPECT_EQ(service.caller
                .call({support::kManagerPath, "org.freedesktop.DBus.Properties", "Get"}, "ss",
                      support::kManagerInterface, "NoSuchProperty")
                .error,
            "org.freedesktop.DBus.Error.UnknownProperty");
}

TEST(Methods, ThatAreUnknownAreRefused) {
  Service service;
  EXPECT_EQ(service.caller.call({support::kManagerPath, support::kManagerInterface, "NoSuchMethod"})
                .error,
            "org.freedesktop.DBus.Error.UnknownMethod");
}

TEST(Methods, OfAnUnknownInterfaceAreRefused) {
  Service service;
  const std::string error =
      service.caller.call({support::kManagerPath, "org.example.Interface", "FindDevice"}).error;
  EXPECT_TRUE(error == "org.freedesktop.DBus.Error.UnknownInterface" ||
              error == "org.freedesktop.DBus.Error.UnknownMethod")
      << error;
}

TEST(Methods, OfAnUnknownObjectAreRefused) {
  Service service;
  EXPECT_EQ(
      service.caller
          .call({"/org/kernel/no/such/object", "org.kernel.Events1.Device", "GetUdevProperties"})
          .error,
      "org.freedesktop.DBus.Error.UnknownObject");
}

TEST(Methods, WithOtherArgumentsAreRefused) {
  Service service;
  EXPECT_EQ(service.caller
                .call({support::kManagerPath, support::kManagerInterface, "FindDevice"}, "u", 7U)
                .error,
            "org.freedesktop.DBus.Error.InvalidArgs");
}

}  // namespace
}  // namespace kevent::system

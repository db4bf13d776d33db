// SPDX-License-Identifier: LGPL-2.1-or-later
// A DeviceTree on a real bus, over a folder that looks like sysfs, and a client that asks it. One
// thread drives the tree's connection, as in keventd: the client waits in another one meanwhile.
#pragma once

#include <gtest/gtest.h>
#include <sdbus-c++/sdbus-c++.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/event/object_path.h"
#include "service/bus/device_tree.h"
#include "tests/support/bus_connection.h"
#include "tests/support/private_bus.h"
#include "tests/sysfs/fake_sysfs.h"

namespace kevent::bus {

class ServedTree {
 public:
  ServedTree(const sysfs::FakeSysfs::Pairs& files, const sysfs::FakeSysfs::Pairs& links)
      : fake_(files, links),
        connection_(sdbus::createSessionBusConnectionWithAddress(bus_.address())),
        manager_(sdbus::createObject(*connection_, std::string(event::kRootObjectPath))),
        tree_(*connection_, {fake_.get(), state_}),
        caller_(bus_.address()) {
    manager_->addObjectManager();
    manager_->finishRegistration();
    connection_->requestName(kName);
    caller_.subscribe("type='signal',path_namespace='/org/kernel'", [this](sd_bus_message* signal) {
      heard_.emplace_back(sd_bus_message_get_member(signal), support::read_arguments(signal));
    });
  }

  sysfs::FakeSysfs& fake() { return fake_; }
  DeviceTree& tree() { return tree_; }

  // What the tree makes of this event of the group Hotplug.
  void hotplug(std::string_view signal, const std::string& object, event::Details details = {}) {
    event::Event event;
    event.group = event::Group::kHotplug;
    event.signal = signal;
    event.object = object;
    event.details = std::move(details);
    tree_.before(event);
    tree_.after(event);
  }

  template <typename... Arguments>
  support::Reply call(const std::string& path, const std::string& interface,
                      const std::string& member, Arguments... arguments) {
    auto reply = std::async(std::launch::async, [&] {
      return caller_.call({path, interface, member, kName}, arguments...);
    });
    support::eventually(support::within(support::kPatience), [&] {
      while (connection_->processPendingRequest()) {
      }
      return reply.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    return reply.get();
  }

  support::Reply introspect(const std::string& path) {
    return call(path, "org.freedesktop.DBus.Introspectable", "Introspect");
  }

  // All properties of the interface org.kernel.Events1.`interface`.
  support::Reply get_all(const std::string& object, const std::string& interface) {
    return call(event::object_path(object), "org.freedesktop.DBus.Properties", "GetAll", "s",
                ("org.kernel.Events1." + interface).c_str());
  }

  // The arguments of all signals of this name up to now: an answer on the same connection comes
  // after them.
  std::vector<support::Json> heard(const std::string& member) {
    call("/org/kernel", "org.freedesktop.DBus.Peer", "Ping");
    caller_.process();
    std::vector<support::Json> found;
    for (const auto& [name, arguments] : heard_) {
      if (name == member) found.push_back(arguments);
    }
    return found;
  }

 private:
  static constexpr char kName[] = "org.example.FakeSysfs";

  support::PrivateBus bus_;
  sysfs::FakeSysfs fake_;
  event::KernelState state_;
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IObject> manager_;
  DeviceTree tree_;
  std::vector<std::pair<std::string, support::Json>> heard_;
  support::BusConnection caller_;
};

}  // namespace kevent::bus

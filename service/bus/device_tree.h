// SPDX-License-Identifier: LGPL-2.1-or-later
// The exported kernel objects. Follows the publisher, not the sources:
//
// Rules:
//   O1  Before an event is sent: `add` and `move` export the object (InterfacesAdded); what the
//       event changes of the object's properties is told (PropertiesChanged).
//   O2  After it was sent: `remove` withdraws the object (InterfacesRemoved), `move` the old one
//       and what is below it, which is exported anew below the new one.
//   O3  Only what is a device, and is there, is exported. An event of anything else is sent all the
//       same.
//   O4  A device that could not be read, or was not in a list that could not be read whole, is exported
//       (InterfacesAdded) by the next refresh("/") that can read it.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <cstddef>
#include <string>
#include <vector>

#include "lib/event/event.h"
#include "service/bus/device_interfaces.h"
#include "service/bus/device_object.h"

namespace kevent::bus {

class DeviceTree {
 public:
  // Exports all devices that udev enumerates, without signals: the name is not owned yet.
  DeviceTree(sdbus::IConnection& connection, const DeviceContext& context);
  DeviceTree(const DeviceTree&) = delete;
  DeviceTree& operator=(const DeviceTree&) = delete;

  void before(const event::Event& event);  // O1
  void after(const event::Event& event);   // O2

  // `object`, or "/" for all: what may have changed without an event.
  void refresh(const std::string& object);

  std::size_t size() const { return objects_.size(); }

 private:
  // nullptr where it is no device, or could not be read.
  DeviceObject* make_object(const std::string& object);
  std::vector<std::string> enumerate();
  void add(const std::string& object);
  void remove_at_and_below(const std::string& object, const std::string& new_object);

  // In this order: what stands below reads what stands above, and goes first.
  const DeviceContext context_;
  DeviceObjects objects_;
  DeviceInterfaces interfaces_;
  bool incomplete_ = false;  // O4
};

}  // namespace kevent::bus

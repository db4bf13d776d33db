// SPDX-License-Identifier: LGPL-2.1-or-later
// The interfaces of dbus/*.xml on all device objects at once: one vtable an interface for the whole
// tree below /org/kernel/devices, in which sd-bus asks for the object when it is called for a path
// (docs/decisions/device-vtables.md). So an object costs nothing here. Registers, finds and tells;
// which objects there are is DeviceTree's business, and what they say DeviceObject's.
//
// Invariant: no exception leaves a callback; it becomes a D-Bus error by name (errors.h).
#pragma once

#include <sdbus-c++/sdbus-c++.h>
#include <systemd/sd-bus.h>

#include <memory>
#include <vector>

#include "service/bus/device_object.h"

namespace kevent::bus {

class DeviceInterfaces {
 public:
  // Serves `objects`, as they come and go, until it is destroyed. Both others outlive it; an object
  // manager at /org/kernel is expected.
  DeviceInterfaces(sdbus::IConnection& connection, DeviceObjects& objects);

  // InterfacesAdded, InterfacesRemoved, and a PropertiesChanged for each change. The object is one
  // of `objects`. All throw sdbus::Error.
  void announce(const DeviceObject& object);
  void withdraw(const DeviceObject& object);
  void tell(const DeviceObject& object, const PropertyChanges& changes);

 private:
  struct Unref {
    void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
  };

  sd_bus* bus_;
  std::vector<std::unique_ptr<sd_bus_slot, Unref>> slots_;
};

}  // namespace kevent::bus

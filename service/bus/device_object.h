// SPDX-License-Identifier: LGPL-2.1-or-later
// One exported kernel object: `Device`, and with it `Block`, `ThermalZone` or `CoolingDevice` where
// its subsystem has them. Holds what was last said of it, so that PropertiesChanged names what
// changed and nothing else. Nothing is emitted by a destructor: sdbus-c++ would throw from it.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <cstdint>
#include <memory>
#include <string>

#include "service/event/event.h"
#include "service/event/kernel_state.h"
#include "service/source/sysfs.h"

namespace kevent::bus {

class DeviceObject {
 public:
  virtual ~DeviceObject() = default;

  // To be called right after the object was made, and right before it goes.
  virtual void announce() = 0;
  virtual void withdraw() = 0;

  // What `event` says of the properties becomes PropertiesChanged.
  virtual void apply(const event::Event& event) = 0;
  // The same for what may change without an event.
  virtual void refresh() = 0;
};

// Everything that objects read from; outlives them.
struct DeviceContext {
  sdbus::IConnection& connection;
  const source::Sysfs& sysfs;
  const event::KernelState& state;  // mount points and overheating zones
};

// Exports the kernel object `object`.
std::unique_ptr<DeviceObject> make_device_object(const DeviceContext& context,
                                                 const std::string& object);

}  // namespace kevent::bus

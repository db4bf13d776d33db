// SPDX-License-Identifier: LGPL-2.1-or-later
// The values of one exported kernel object: of `Device`, and of `Block`, `ThermalZone` or
// `CoolingDevice` where its subsystem has them. Knows nothing of the bus: device_interfaces.h puts
// them there. There are many, so it keeps only what must not change unsaid (what was last told, so
// that PropertiesChanged names what changed and nothing else) or is wanted when the device is gone
// already; sysfs and KernelState are asked for all else.
#pragma once

#include <sdbus-c++/Types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/kernel_state.h"
#include "lib/event/text.h"
#include "lib/event/thermal_trip.h"
#include "service/sysfs/sysfs.h"

namespace kevent::bus {

inline constexpr char kDeviceInterface[] = "org.kernel.Events1.Device";
inline constexpr char kBlockInterface[] = "org.kernel.Events1.Block";
inline constexpr char kThermalZoneInterface[] = "org.kernel.Events1.ThermalZone";
inline constexpr char kCoolingDeviceInterface[] = "org.kernel.Events1.CoolingDevice";

// A sequence, and the signal that went with it.
struct LastEvent {
  std::uint64_t sequence = 0;
  std::string signal;
};

// Everything that objects read from; outlives them.
struct DeviceContext {
  const sysfs::Sysfs& sysfs;
  const event::KernelState& state;  // mount points and overheating zones
};

// A property that has another value than was last told.
struct PropertyChange {
  const char* interface;
  const char* property;
};
using PropertyChanges = std::vector<PropertyChange>;

class DeviceObject {
 public:
  // `device`: what Sysfs::read_device() says of it.
  DeviceObject(const DeviceContext& context, std::string object, event::Device device);

  const std::string& object() const { return object_; }  // the kernel path
  // The interface that it has besides Device; nullptr: none.
  const char* further_interface() const;

  // Takes what `event` says of the properties.
  PropertyChanges apply(const event::Event& event);
  // The same for what may change without an event.
  PropertyChanges refresh();

  // Device. udev_properties() throws NoSuchObject.
  std::map<std::string, std::string> udev_properties() const;
  std::string sysfs_path() const;
  std::string subsystem() const { return event::clean_text(device_.subsystem); }
  std::string device_type() const { return event::clean_text(device_.type); }
  std::string driver() const { return event::clean_text(driver_); }
  std::string device_node() const { return event::clean_text(device_.node); }
  event::DeviceNumber device_number() const { return device_.number; }
  sdbus::ObjectPath parent() const;
  bool initialized() const { return initialized_; }
  LastEvent last_event() const { return last_event_; }

  // Block.
  std::uint64_t size() const { return device_.size.value_or(0); }
  bool removable() const;
  bool read_only() const { return read_only_; }
  std::vector<std::string> mount_points() const;

  // ThermalZone.
  std::int32_t temperature() const;
  std::vector<event::Trip> trips() const;
  bool overheating() const { return overheating_; }

  // CoolingDevice.
  std::uint32_t maximum_state() const { return read_state("max_state"); }
  std::uint32_t state() const { return state_; }

  // ThermalZone and CoolingDevice.
  std::string type() const;

 private:
  enum class Kind : std::uint8_t { kOther, kBlock, kThermalZone, kCoolingDevice };

  static Kind kind_of(std::string_view subsystem, std::string_view object);
  void apply_to_block(const event::Event& event, PropertyChanges& changes);
  void apply_to_zone(const event::Event& event, PropertyChanges& changes);
  void change_size(std::uint64_t size, PropertyChanges& changes);
  void refresh_driver(PropertyChanges& changes);
  // Takes what `read` returns, unless it could not be read: then the value stays.
  template <typename T, typename Read>
  void reread(T& value, Read read, PropertyChange property, PropertyChanges& changes) const;
  bool read_initialized() const;
  bool read_flag(const std::string& object, std::string_view name) const;
  std::uint32_t read_state(std::string_view name) const;

  const DeviceContext& context_;
  std::string object_;
  event::Device device_;
  std::string driver_;
  LastEvent last_event_;
  std::uint32_t state_ = 0;
  Kind kind_;
  bool initialized_;
  bool read_only_ = false;
  bool overheating_ = false;
};

// By kernel path, which is the object's own.
using DeviceObjects = std::map<std::string_view, std::unique_ptr<DeviceObject>>;

}  // namespace kevent::bus

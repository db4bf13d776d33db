// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/device_object.h"

#include <limits>
#include <utility>

#include "lib/event/object_path.h"
#include "service/bus/errors.h"
#include "service/bus/message.h"
#include "service/sysfs/udev_database.h"

namespace kevent::bus {
namespace {

using event::clean_text;

// Sets a property's value, and notes when that changed it.
template <typename T>
void change(T& value, T now, PropertyChange property, PropertyChanges& changes) {
  if (value == now) return;
  value = std::move(now);
  changes.push_back(property);
}

bool moves_mount_points(const event::Event& event) {
  const auto* scope = event.details.get<std::string>(event::key::kScope);
  return event.group == event::Group::kFs && scope != nullptr &&
         *scope == event::kScopeMountPoint &&
         (event.signal == event::signal::kMount || event.signal == event::signal::kUmount ||
          event.details.find(event::key::kOldMountPoint) != nullptr);
}

}  // namespace

DeviceObject::DeviceObject(const DeviceContext& context, std::string object, event::Device device)
    : context_(context),
      object_(std::move(object)),
      device_(std::move(device)),
      driver_(context.sysfs.link_name(object_, "driver")),
      kind_(kind_of(device_.subsystem, object_)),
      initialized_(read_initialized()) {
  if (kind_ == Kind::kBlock) read_only_ = read_flag(object_, "ro");
  if (kind_ == Kind::kThermalZone) overheating_ = context.state.overheating().contains(object_);
  if (kind_ == Kind::kCoolingDevice) state_ = read_state("cur_state");
}

DeviceObject::Kind DeviceObject::kind_of(std::string_view subsystem, std::string_view object) {
  const std::string_view name = object.substr(object.rfind('/') + 1);
  if (subsystem == "block") return Kind::kBlock;
  if (subsystem != "thermal") return Kind::kOther;
  if (name.starts_with("thermal_zone")) return Kind::kThermalZone;
  if (name.starts_with("cooling_device")) return Kind::kCoolingDevice;
  return Kind::kOther;
}

const char* DeviceObject::further_interface() const {
  switch (kind_) {
    case Kind::kBlock:
      return kBlockInterface;
    case Kind::kThermalZone:
      return kThermalZoneInterface;
    case Kind::kCoolingDevice:
      return kCoolingDeviceInterface;
    case Kind::kOther:
      break;
  }
  return nullptr;
}

PropertyChanges DeviceObject::apply(const event::Event& event) {
  last_event_ = {event.sequence, clean_signal(event)};
  PropertyChanges changes;
  if (event.signal == event::signal::kBind || event.signal == event::signal::kUnbind) {
    refresh_driver(changes);
  }
  if (kind_ == Kind::kBlock) apply_to_block(event, changes);
  if (kind_ == Kind::kThermalZone) apply_to_zone(event, changes);
  return changes;
}

void DeviceObject::apply_to_block(const event::Event& event, PropertyChanges& changes) {
  constexpr PropertyChange kReadOnly{kBlockInterface, "ReadOnly"};
  if (const auto* size = event.details.get<std::uint64_t>(event::key::kSize)) {
    change_size(*size, changes);
  }
  if (event.signal == event::signal::kReadOnly || event.signal == event::signal::kReadWrite) {
    change(read_only_, event.signal == event::signal::kReadOnly, kReadOnly, changes);
  } else if (event.signal == event::signal::kChange) {
    // A loop device says no more than this when it is given a file that can't be written.
    reread(
        read_only_, [this] { return read_flag(object_, "ro"); }, kReadOnly, changes);
  }
  if (moves_mount_points(event)) changes.push_back({kBlockInterface, "MountPoints"});
}

void DeviceObject::apply_to_zone(const event::Event& event, PropertyChanges& changes) {
  if (event.group != event::Group::kPower) return;
  if (event.signal == event::signal::kOverheating || event.signal == event::signal::kNormal) {
    change(overheating_, event.signal == event::signal::kOverheating,
           {kThermalZoneInterface, "Overheating"}, changes);
  }
}

PropertyChanges DeviceObject::refresh() {
  PropertyChanges changes;
  refresh_driver(changes);
  reread(
      initialized_, [this] { return read_initialized(); }, {kDeviceInterface, "Initialized"},
      changes);
  if (kind_ == Kind::kBlock) {
    if (const auto size = context_.sysfs.block_size(object_)) change_size(*size, changes);
  }
  if (kind_ == Kind::kCoolingDevice) {
    reread(
        state_, [this] { return read_state("cur_state"); }, {kCoolingDeviceInterface, "State"},
        changes);
  }
  return changes;
}

void DeviceObject::refresh_driver(PropertyChanges& changes) {
  reread(
      driver_, [this] { return context_.sysfs.link_name(object_, "driver"); },
      {kDeviceInterface, "Driver"}, changes);
}

template <typename T, typename Read>
void DeviceObject::reread(T& value, Read read, PropertyChange property,
                          PropertyChanges& changes) const {
  const std::uint64_t failures = context_.sysfs.failures().count();
  T now = read();
  if (context_.sysfs.failures().count() == failures)
    change(value, std::move(now), property, changes);
}

void DeviceObject::change_size(std::uint64_t size, PropertyChanges& changes) {
  if (device_.size.value_or(0) != size) changes.push_back({kBlockInterface, "Size"});
  device_.size = size;
}

bool DeviceObject::read_initialized() const {
  const std::string path = context_.sysfs.full_path(object_);
  const auto initialized = sysfs::is_initialized(path);
  const std::string subject = "udev's record of " + path;
  if (initialized) {
    context_.sysfs.failures().succeeded(subject);
  } else {
    context_.sysfs.failures().failed(subject, initialized.error());
  }
  return initialized && *initialized;
}

bool DeviceObject::read_flag(const std::string& object, std::string_view name) const {
  return context_.sysfs.number(object, name).value_or(0) != 0;
}

std::uint32_t DeviceObject::read_state(std::string_view name) const {
  constexpr std::int64_t kUnknown = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(context_.sysfs.number(object_, name).value_or(kUnknown));
}

std::map<std::string, std::string> DeviceObject::udev_properties() const {
  const auto properties = sysfs::udev_properties(context_.sysfs.full_path(object_));
  if (properties) return {properties->begin(), properties->end()};
  if (base::is_absence(properties.error())) {
    throw sdbus::Error(kErrorNoSuchObject, "The device is gone.");
  }
  context_.sysfs.failures().failed("udev's record of " + sysfs_path(), properties.error());
  throw sdbus::Error(kErrorFailed, properties.error().message());
}

std::string DeviceObject::sysfs_path() const {
  return clean_text(context_.sysfs.full_path(object_));
}

sdbus::ObjectPath DeviceObject::parent() const {
  const std::string parent = context_.sysfs.parent_device(object_);
  return parent.empty() ? "/" : event::object_path(parent);
}

// A partition has no flag of its own.
bool DeviceObject::removable() const {
  const auto flag = context_.sysfs.number(object_, "removable");
  return flag ? *flag != 0 : read_flag(context_.sysfs.parent_device(object_), "removable");
}

std::vector<std::string> DeviceObject::mount_points() const {
  auto points = context_.state.mount_points(object_);
  for (std::string& point : points) point = clean_text(point);
  return points;
}

std::int32_t DeviceObject::temperature() const {
  constexpr std::int64_t kUnknown = std::numeric_limits<std::int32_t>::min();
  return static_cast<std::int32_t>(context_.sysfs.number(object_, "temp").value_or(kUnknown));
}

std::vector<event::Trip> DeviceObject::trips() const {
  auto trips = context_.sysfs.trips(object_);
  for (event::Trip& trip : trips) trip.type = clean_text(trip.type);
  return trips;
}

std::string DeviceObject::type() const {
  return clean_text(context_.sysfs.attribute(object_, "type").value_or(std::string()));
}

}  // namespace kevent::bus

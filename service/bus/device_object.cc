// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/device_object.h"

#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "dbus/Block_adaptor.h"
#include "dbus/CoolingDevice_adaptor.h"
#include "dbus/Device_adaptor.h"
#include "dbus/ThermalZone_adaptor.h"
#include "service/bus/errors.h"
#include "service/bus/message.h"
#include "service/event/object_path.h"
#include "service/event/text.h"
#include "service/source/udev.h"

namespace kevent::bus {
namespace {

using event::clean_text;
using org::kernel::Events1::Block_adaptor;
using org::kernel::Events1::CoolingDevice_adaptor;
using org::kernel::Events1::Device_adaptor;
using org::kernel::Events1::ThermalZone_adaptor;
using Names = std::vector<std::string>;

// The interface Device, and whichever others the object has.
template <typename... Others>
class Exported : public sdbus::AdaptorInterfaces<Device_adaptor, Others...>, public DeviceObject {
 public:
  Exported(const DeviceContext& context, std::string object)
      : sdbus::AdaptorInterfaces<Device_adaptor, Others...>(context.connection,
                                                            event::object_path(object)),
        context_(context),
        object_(std::move(object)),
        device_(context.sysfs.read_device(object_)),
        driver_(context.sysfs.link_name(object_, "driver")),
        initialized_(source::is_initialized(context.sysfs.full_path(object_))) {
    this->registerAdaptor();
  }
  ~Exported() override { this->unregisterAdaptor(); }
  Exported(const Exported&) = delete;
  Exported& operator=(const Exported&) = delete;

  void announce() override { this->getObject().emitInterfacesAddedSignal(interfaces()); }
  void withdraw() override { this->getObject().emitInterfacesRemovedSignal(interfaces()); }

  void apply(const event::Event& event) override {
    last_sequence_ = event.sequence;
    last_signal_ = clean_signal(event);
    if (event.signal == event::signal::kBind || event.signal == event::signal::kUnbind) {
      refresh_driver();
    }
  }

  void refresh() override {
    refresh_driver();
    change(initialized_, source::is_initialized(context_.sysfs.full_path(object_)),
           Device_adaptor::INTERFACE_NAME, "Initialized");
  }

 protected:
  // Sets a property, and says so when that changed it.
  template <typename T>
  void change(T& property, T now, const char* interface, const char* name) {
    if (property == now) return;
    property = std::move(now);
    this->getObject().emitPropertiesChangedSignal(interface, {name});
  }

  const DeviceContext& context() const { return context_; }
  const std::string& object() const { return object_; }
  event::Device& device() { return device_; }

 private:
  static Names interfaces() { return {Device_adaptor::INTERFACE_NAME, Others::INTERFACE_NAME...}; }

  void refresh_driver() {
    change(driver_, context_.sysfs.link_name(object_, "driver"), Device_adaptor::INTERFACE_NAME,
           "Driver");
  }

  std::map<std::string, std::string> GetUdevProperties() override {
    return guarded([this] {
      const auto properties = source::udev_properties(context_.sysfs.full_path(object_));
      if (!properties) throw sdbus::Error(kErrorNoSuchObject, "The device is gone.");
      return std::map<std::string, std::string>(properties->begin(), properties->end());
    });
  }
  std::string SysfsPath() override {
    return guarded([this] { return clean_text(context_.sysfs.full_path(object_)); });
  }
  std::string Subsystem() override { return clean_text(device_.subsystem); }
  std::string DeviceType() override { return clean_text(device_.type); }
  std::string Driver() override { return clean_text(driver_); }
  std::string DeviceNode() override { return clean_text(device_.node); }
  sdbus::Struct<uint32_t, uint32_t> DeviceNumber() override {
    return {device_.number.major, device_.number.minor};
  }
  sdbus::ObjectPath Parent() override {
    return guarded([this]() -> sdbus::ObjectPath {
      const std::string parent = context_.sysfs.parent_device(object_);
      return parent.empty() ? "/" : event::object_path(parent);
    });
  }
  bool Initialized() override { return initialized_; }
  sdbus::Struct<uint64_t, std::string> LastEvent() override {
    return {last_sequence_, last_signal_};
  }

  DeviceContext context_;
  std::string object_;
  event::Device device_;
  std::string driver_;
  bool initialized_ = false;
  std::uint64_t last_sequence_ = 0;
  std::string last_signal_;
};

class BlockObject final : public Exported<Block_adaptor> {
 public:
  BlockObject(const DeviceContext& context, const std::string& object)
      : Exported(context, object), read_only_(read_flag("ro")) {}

  void apply(const event::Event& event) override {
    Exported::apply(event);
    if (const auto* size = event.details.get<std::uint64_t>(event::key::kSize)) {
      change(device().size, *size, INTERFACE, "Size");
    }
    if (event.signal == event::signal::kReadOnly || event.signal == event::signal::kReadWrite) {
      change(read_only_, event.signal == event::signal::kReadOnly, INTERFACE, "ReadOnly");
    } else if (event.signal == event::signal::kChange) {
      // A loop device says no more than this when it is given a file that can't be written.
      change(read_only_, read_flag("ro"), INTERFACE, "ReadOnly");
    }
    if (event.group == event::Group::kFs && moves_mount_points(event)) {
      getObject().emitPropertiesChangedSignal(INTERFACE, {"MountPoints"});
    }
  }

 private:
  static constexpr const char* INTERFACE = Block_adaptor::INTERFACE_NAME;

  static bool moves_mount_points(const event::Event& event) {
    return event.signal == event::signal::kMount || event.signal == event::signal::kUmount ||
           event.details.find(event::key::kOldMountPoint) != nullptr;
  }
  bool read_flag(std::string_view name) const {
    return context().sysfs.number(object(), name).value_or(0) != 0;
  }

  uint64_t Size() override { return device().size; }
  bool Removable() override {
    return guarded([this] {
      const auto flag = context().sysfs.number(object(), "removable");
      return flag ? *flag != 0
                  : context()
                            .sysfs.number(context().sysfs.parent_device(object()), "removable")
                            .value_or(0) != 0;
    });
  }
  bool ReadOnly() override { return read_only_; }
  std::vector<std::string> MountPoints() override {
    return guarded([this] {
      auto points = context().state.mount_points(object());
      for (std::string& point : points) point = clean_text(point);
      return points;
    });
  }

  bool read_only_;
};

class ThermalZoneObject final : public Exported<ThermalZone_adaptor> {
 public:
  ThermalZoneObject(const DeviceContext& context, const std::string& object)
      : Exported(context, object), overheating_(context.state.overheating().contains(object)) {}

  void apply(const event::Event& event) override {
    Exported::apply(event);
    if (event.group != event::Group::kPower) return;
    if (event.signal == event::signal::kOverheating || event.signal == event::signal::kNormal) {
      change(overheating_, event.signal == event::signal::kOverheating,
             ThermalZone_adaptor::INTERFACE_NAME, "Overheating");
    }
  }

 private:
  std::string Type() override {
    return guarded([this] {
      return clean_text(context().sysfs.attribute(object(), "type").value_or(std::string()));
    });
  }
  int32_t Temperature() override {
    return guarded([this] {
      constexpr std::int64_t kUnknown = std::numeric_limits<std::int32_t>::min();
      return static_cast<std::int32_t>(context().sysfs.number(object(), "temp").value_or(kUnknown));
    });
  }
  std::vector<sdbus::Struct<uint32_t, std::string, int32_t, int32_t>> Trips() override {
    return guarded([this] {
      std::vector<sdbus::Struct<uint32_t, std::string, int32_t, int32_t>> trips;
      for (const auto& trip : context().sysfs.trips(object())) {
        trips.emplace_back(
            std::make_tuple(trip.index, clean_text(trip.type), trip.temperature, trip.hysteresis));
      }
      return trips;
    });
  }
  bool Overheating() override { return overheating_; }

  bool overheating_;
};

class CoolingDeviceObject final : public Exported<CoolingDevice_adaptor> {
 public:
  CoolingDeviceObject(const DeviceContext& context, const std::string& object)
      : Exported(context, object), state_(read("cur_state")) {}

  void refresh() override {
    Exported::refresh();
    change(state_, read("cur_state"), CoolingDevice_adaptor::INTERFACE_NAME, "State");
  }

 private:
  std::uint32_t read(std::string_view name) const {
    constexpr std::int64_t kUnknown = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(context().sysfs.number(object(), name).value_or(kUnknown));
  }

  std::string Type() override {
    return guarded([this] {
      return clean_text(context().sysfs.attribute(object(), "type").value_or(std::string()));
    });
  }
  uint32_t MaximumState() override {
    return guarded([this] { return read("max_state"); });
  }
  uint32_t State() override { return state_; }

  std::uint32_t state_;
};

}  // namespace

std::unique_ptr<DeviceObject> make_device_object(const DeviceContext& context,
                                                 const std::string& object) {
  const std::string subsystem = context.sysfs.link_name(object, "subsystem");
  const std::string_view name = std::string_view(object).substr(object.rfind('/') + 1);
  if (subsystem == "block") return std::make_unique<BlockObject>(context, object);
  if (subsystem == "thermal" && name.starts_with("thermal_zone")) {
    return std::make_unique<ThermalZoneObject>(context, object);
  }
  if (subsystem == "thermal" && name.starts_with("cooling_device")) {
    return std::make_unique<CoolingDeviceObject>(context, object);
  }
  return std::make_unique<Exported<>>(context, object);
}

}  // namespace kevent::bus

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/device_interfaces.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lib/event/object_path.h"
#include "service/bus/errors.h"
#include "service/bus/raw_bus.h"
#include "service/bus/raw_message.h"

namespace kevent::bus {
namespace {

// Not /org/kernel: sd-bus has no vtables for one object and for a tree at the same place, and there
// is the manager's.
constexpr char kDevices[] = "/org/kernel/devices";

template <auto kValue>
int get(sd_bus*, const char*, const char*, const char*, sd_bus_message* message, void* object,
        sd_bus_error* error) {
  return guarded_callback(error, [&] {
    append(message, (static_cast<const DeviceObject*>(object)->*kValue)());
    return 1;
  });
}

int get_udev_properties(sd_bus_message* call, void* object, sd_bus_error* error) {
  return guarded_callback(error, [&] {
    return reply(call, static_cast<const DeviceObject*>(object)->udev_properties());
  });
}

constexpr auto kConst = SD_BUS_VTABLE_PROPERTY_CONST;
constexpr auto kTold = SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE;
constexpr auto kInvalidated = SD_BUS_VTABLE_PROPERTY_EMITS_INVALIDATION;
constexpr std::uint64_t kOnDemand = 0;

using Object = DeviceObject;

const sd_bus_vtable kDeviceVtable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD_WITH_NAMES("GetUdevProperties", "", "", "a{ss}", SD_BUS_PARAM(properties),
                             get_udev_properties, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_PROPERTY("SysfsPath", "s", get<&Object::sysfs_path>, 0, kConst),
    SD_BUS_PROPERTY("Subsystem", "s", get<&Object::subsystem>, 0, kConst),
    SD_BUS_PROPERTY("DeviceType", "s", get<&Object::device_type>, 0, kConst),
    SD_BUS_PROPERTY("Driver", "s", get<&Object::driver>, 0, kTold),
    SD_BUS_PROPERTY("DeviceNode", "s", get<&Object::device_node>, 0, kConst),
    SD_BUS_PROPERTY("DeviceNumber", "(uu)", get<&Object::device_number>, 0, kConst),
    SD_BUS_PROPERTY("Parent", "o", get<&Object::parent>, 0, kConst),
    SD_BUS_PROPERTY("Initialized", "b", get<&Object::initialized>, 0, kTold),
    SD_BUS_PROPERTY("LastEvent", "(ts)", get<&Object::last_event>, 0, kOnDemand),
    SD_BUS_VTABLE_END};

const sd_bus_vtable kBlockVtable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Size", "t", get<&Object::size>, 0, kTold),
    SD_BUS_PROPERTY("Removable", "b", get<&Object::removable>, 0, kConst),
    SD_BUS_PROPERTY("ReadOnly", "b", get<&Object::read_only>, 0, kTold),
    SD_BUS_PROPERTY("MountPoints", "as", get<&Object::mount_points>, 0, kInvalidated),
    SD_BUS_VTABLE_END};

const sd_bus_vtable kThermalZoneVtable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Type", "s", get<&Object::type>, 0, kConst),
    SD_BUS_PROPERTY("Temperature", "i", get<&Object::temperature>, 0, kOnDemand),
    SD_BUS_PROPERTY("Trips", "a(usii)", get<&Object::trips>, 0, kOnDemand),
    SD_BUS_PROPERTY("Overheating", "b", get<&Object::overheating>, 0, kTold),
    SD_BUS_VTABLE_END};

const sd_bus_vtable kCoolingDeviceVtable[] = {
    SD_BUS_VTABLE_START(0), SD_BUS_PROPERTY("Type", "s", get<&Object::type>, 0, kConst),
    SD_BUS_PROPERTY("MaximumState", "u", get<&Object::maximum_state>, 0, kConst),
    SD_BUS_PROPERTY("State", "u", get<&Object::state>, 0, kTold), SD_BUS_VTABLE_END};

bool has_interface(const DeviceObject& object, std::string_view interface) {
  const char* const further = object.further_interface();
  return interface == kDeviceInterface || (further != nullptr && interface == further);
}

// What sd-bus asks for each vtable and path: the object, when there is one with this interface.
int find(sd_bus*, const char* path, const char* interface, void* all, void** found,
         sd_bus_error* error) {
  return guarded_callback(error, [&] {
    const auto& objects = *static_cast<const DeviceObjects*>(all);
    const auto name = event::parse_object_path(path);
    const auto object = name ? objects.find(*name) : objects.end();
    if (object == objects.end() || !has_interface(*object->second, interface)) return 0;
    *found = object->second.get();
    return 1;
  });
}

std::vector<std::string> paths_of(const DeviceObjects& objects) {
  std::vector<std::string> paths;
  paths.reserve(objects.size());
  for (const auto& [name, object] : objects) paths.push_back(event::object_path(name));
  return paths;
}

// What lies right below `path`, object or not: the elements that objects' paths go on with.
std::vector<std::string> children_of(const DeviceObjects& objects, const char* path) {
  std::vector<std::string> children;
  const auto parent = event::parse_object_path(path);
  if (!parent) return children;
  const std::string above = *parent + "/";
  std::string_view last;
  for (auto entry = objects.lower_bound(above);
       entry != objects.end() && entry->first.starts_with(above); ++entry) {
    const std::string_view child = entry->first.substr(0, entry->first.find('/', above.size()));
    if (child != last) children.push_back(event::object_path(child));
    last = child;
  }
  return children;
}

struct FreeStrings {
  void operator()(char** strings) const {
    for (char** string = strings; *string != nullptr; ++string) std::free(*string);
    std::free(strings);
  }
};

// The form in which sd-bus takes strings over.
char** as_owned_array(const std::vector<std::string>& strings) {
  std::unique_ptr<char*[], FreeStrings> array(
      static_cast<char**>(std::calloc(strings.size() + 1, sizeof(char*))));
  if (!array) throw std::bad_alloc();
  for (std::size_t i = 0; i < strings.size(); ++i) {
    array[i] = ::strdup(strings[i].c_str());
    if (array[i] == nullptr) throw std::bad_alloc();
  }
  return array.release();
}

// sd-bus asks for GetManagedObjects, which wants all objects, and for Introspect, where every path
// that is given becomes a child of the one that is introspected.
int enumerate(sd_bus* bus, const char* path, void* all, char*** nodes, sd_bus_error* error) {
  return guarded_callback(error, [&] {
    const auto& objects = *static_cast<const DeviceObjects*>(all);
    const bool introspected =
        sd_bus_message_is_method_call(sd_bus_get_current_message(bus),
                                      "org.freedesktop.DBus.Introspectable", "Introspect") > 0;
    *nodes = as_owned_array(introspected ? children_of(objects, path) : paths_of(objects));
    return 0;
  });
}

}  // namespace

DeviceInterfaces::DeviceInterfaces(sdbus::IConnection& connection, DeviceObjects& objects)
    : bus_(raw_bus(connection)) {
  constexpr std::pair<const char*, const sd_bus_vtable*> kVtables[] = {
      {kDeviceInterface, kDeviceVtable},
      {kBlockInterface, kBlockVtable},
      {kThermalZoneInterface, kThermalZoneVtable},
      {kCoolingDeviceInterface, kCoolingDeviceVtable}};
  sd_bus_slot* slot = nullptr;
  for (const auto& [interface, vtable] : kVtables) {
    check(sd_bus_add_fallback_vtable(bus_, &slot, kDevices, interface, vtable, find, &objects),
          "add the devices' interfaces");
    slots_.emplace_back(slot);
  }
  check(sd_bus_add_node_enumerator(bus_, &slot, kDevices, enumerate, &objects),
        "add the list of devices");
  slots_.emplace_back(slot);
}

void DeviceInterfaces::announce(const DeviceObject& object) {
  check(sd_bus_emit_interfaces_added(bus_, event::object_path(object.object()).c_str(),
                                     kDeviceInterface, object.further_interface(), nullptr),
        "say that a device came");
}

void DeviceInterfaces::withdraw(const DeviceObject& object) {
  check(sd_bus_emit_interfaces_removed(bus_, event::object_path(object.object()).c_str(),
                                       kDeviceInterface, object.further_interface(), nullptr),
        "say that a device went");
}

void DeviceInterfaces::tell(const DeviceObject& object, const PropertyChanges& changes) {
  for (const auto& [interface, property] : changes) {
    check(sd_bus_emit_properties_changed(bus_, event::object_path(object.object()).c_str(),
                                         interface, property, nullptr),
          "say that a property changed");
  }
}

}  // namespace kevent::bus

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/sysfs/udev_database.h"

#include <errno.h>
#include <libudev.h>

#include <memory>
#include <string_view>

#include "lib/event/text.h"
#include "service/sysfs/sysfs.h"

namespace kevent::sysfs {
namespace {

struct Unref {
  void operator()(udev* object) const { udev_unref(object); }
  void operator()(udev_device* object) const { udev_device_unref(object); }
  void operator()(udev_enumerate* object) const { udev_enumerate_unref(object); }
};
template <typename T>
using Pointer = std::unique_ptr<T, Unref>;

base::Result<Pointer<udev_device>> find_device(const std::string& sysfs_path) {
  const Pointer<udev> context(udev_new());
  Pointer<udev_device> device(udev_device_new_from_syspath(context.get(), sysfs_path.c_str()));
  if (device) return device;
  const std::string what = "look up " + sysfs_path + " by libudev";
  // EINVAL: it is not below sysfs, so udev knows no such device.
  return errno == EINVAL ? base::Error{ENODEV, what} : base::last_error(what);
}

}  // namespace

base::Result<std::vector<std::string>> enumerate_devices() {
  std::vector<std::string> devices;
  const Pointer<udev> context(udev_new());
  const Pointer<udev_enumerate> enumerate(udev_enumerate_new(context.get()));
  if (!enumerate) return base::last_error("enumerate devices");
  if (const int result = udev_enumerate_scan_devices(enumerate.get()); result < 0) {
    return base::Error{-result, "enumerate devices"};
  }
  udev_list_entry* entry = nullptr;
  udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(enumerate.get())) {
    const std::string_view path = udev_list_entry_get_name(entry);
    if (path.starts_with(kMountPoint)) devices.emplace_back(path.substr(kMountPoint.size()));
  }
  return devices;
}

base::Result<bool> is_initialized(const std::string& sysfs_path) {
  const auto device = find_device(sysfs_path);
  if (!device && base::is_absence(device.error())) return false;
  if (!device) return device.error();
  return udev_device_get_is_initialized(device->get()) > 0;
}

base::Result<event::Environment> udev_properties(const std::string& sysfs_path) {
  const auto device = find_device(sysfs_path);
  if (!device) return device.error();
  event::Environment properties;
  udev_list_entry* entry = nullptr;
  udev_list_entry_foreach(entry, udev_device_get_properties_list_entry(device->get())) {
    const char* value = udev_list_entry_get_value(entry);
    properties.emplace_back(event::clean_text(udev_list_entry_get_name(entry)),
                            event::clean_text(value == nullptr ? "" : value));
  }
  return properties;
}

// cdrom_id sets these properties. It has not run where a rule left it out, as for an eject request.
base::Result<bool> has_optical_medium(const std::string& sysfs_path) {
  const auto device = find_device(sysfs_path);
  if (!device) return device.error();
  bool has_run = false;
  udev_list_entry* entry = nullptr;
  udev_list_entry_foreach(entry, udev_device_get_properties_list_entry(device->get())) {
    const std::string_view name = udev_list_entry_get_name(entry);
    if (name == "ID_CDROM_MEDIA") return true;
    has_run = has_run || name.starts_with("ID_CDROM_");
  }
  if (!has_run) return base::Error{ENODEV, "udevd has not looked for a medium in " + sysfs_path};
  return false;
}

}  // namespace kevent::sysfs

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/device_tree.h"

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/event/object_path.h"
#include "service/sysfs/udev_database.h"

namespace kevent::bus {

DeviceTree::DeviceTree(sdbus::IConnection& connection, const DeviceContext& context)
    : context_(context), interfaces_(connection, objects_) {
  for (const std::string& object : enumerate()) make_object(object);
}

std::vector<std::string> DeviceTree::enumerate() {
  auto devices = sysfs::enumerate_devices();
  if (devices) return std::move(devices).value();
  context_.sysfs.failures().failed("devices", devices.error());
  incomplete_ = true;
  return {};
}

DeviceObject* DeviceTree::make_object(const std::string& object) {
  const std::uint64_t failures = context_.sysfs.failures().count();
  const bool is_device = context_.sysfs.is_device(object);
  event::Device device = context_.sysfs.read_device(object);
  if (context_.sysfs.failures().count() != failures) incomplete_ = true;
  if (context_.sysfs.failures().count() != failures || !is_device) return nullptr;
  auto made = std::make_unique<DeviceObject>(context_, object, std::move(device));
  const std::string_view name = made->object();
  return objects_.emplace(name, std::move(made)).first->second.get();
}

void DeviceTree::before(const event::Event& event) {
  if (event.group == event::Group::kHotplug &&
      (event.signal == event::signal::kAdd || event.signal == event::signal::kMove)) {
    add(event.object);
  }
  if (const auto found = objects_.find(event.object); found != objects_.end()) {
    interfaces_.tell(*found->second, found->second->apply(event));
  }
}

void DeviceTree::after(const event::Event& event) {
  if (event.group != event::Group::kHotplug) return;
  if (event.signal == event::signal::kRemove) {
    const auto found = objects_.find(event.object);
    if (found == objects_.end()) return;
    interfaces_.withdraw(*found->second);
    objects_.erase(found);
  } else if (event.signal == event::signal::kMove) {
    const auto old_object = event.details.text_bytes(event::key::kOldObject);
    if (old_object && *old_object != event.object) remove_at_and_below(*old_object, event.object);
  }
}

void DeviceTree::add(const std::string& object) {
  if (objects_.contains(object) || !event::is_at_or_below(object, "/devices")) return;
  if (const DeviceObject* made = make_object(object)) interfaces_.announce(*made);
}

void DeviceTree::remove_at_and_below(const std::string& object, const std::string& new_object) {
  std::vector<std::string> moved;
  for (auto entry = objects_.lower_bound(object);
       entry != objects_.end() && entry->first.starts_with(object);) {
    if (!event::is_at_or_below(entry->first, object)) {
      ++entry;
      continue;
    }
    moved.push_back(new_object + entry->second->object().substr(object.size()));
    interfaces_.withdraw(*entry->second);
    entry = objects_.erase(entry);
  }
  for (const std::string& now : moved) add(now);
}

void DeviceTree::refresh(const std::string& object) {
  if (object == "/") {
    for (const auto& [name, exported] : objects_) interfaces_.tell(*exported, exported->refresh());
    if (std::exchange(incomplete_, false)) {
      for (const std::string& missing : enumerate()) add(missing);
    }
  } else if (const auto found = objects_.find(object); found != objects_.end()) {
    interfaces_.tell(*found->second, found->second->refresh());
  }
}

}  // namespace kevent::bus

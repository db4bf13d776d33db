// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/device_tree.h"

#include <vector>

#include "service/event/object_path.h"
#include "service/source/udev.h"

namespace kevent::bus {

DeviceTree::DeviceTree(const DeviceContext& context) : context_(context) {
  for (const std::string& object : source::enumerate_devices()) {
    if (context_.sysfs.exists(object)) {
      objects_.emplace(object, make_device_object(context_, object));
    }
  }
}

void DeviceTree::before(const event::Event& event) {
  if (event.group == event::Group::kHotplug &&
      (event.signal == event::signal::kAdd || event.signal == event::signal::kMove)) {
    add(event.object);
  }
  if (const auto found = objects_.find(event.object); found != objects_.end()) {
    found->second->apply(event);
  }
}

void DeviceTree::after(const event::Event& event) {
  if (event.group != event::Group::kHotplug) return;
  if (event.signal == event::signal::kRemove) {
    const auto found = objects_.find(event.object);
    if (found == objects_.end()) return;
    found->second->withdraw();
    objects_.erase(found);
  } else if (event.signal == event::signal::kMove) {
    const auto old_object = event.details.text_bytes(event::key::kOldObject);
    if (old_object && *old_object != event.object) remove_at_and_below(*old_object, event.object);
  }
}

void DeviceTree::add(const std::string& object) {
  if (objects_.contains(object) || !event::is_at_or_below(object, "/devices") ||
      !context_.sysfs.is_device(object)) {
    return;
  }
  objects_.emplace(object, make_device_object(context_, object)).first->second->announce();
}

void DeviceTree::remove_at_and_below(const std::string& object, const std::string& new_object) {
  std::vector<std::string> moved;
  for (auto entry = objects_.lower_bound(object);
       entry != objects_.end() && entry->first.starts_with(object);) {
    if (!event::is_at_or_below(entry->first, object)) {
      ++entry;
      continue;
    }
    moved.push_back(new_object + entry->first.substr(object.size()));
    entry->second->withdraw();
    entry = objects_.erase(entry);
  }
  for (const std::string& now : moved) add(now);
}

void DeviceTree::refresh(const std::string& object) {
  if (object == "/") {
    for (const auto& [name, exported] : objects_) exported->refresh();
  } else if (const auto found = objects_.find(object); found != objects_.end()) {
    found->second->refresh();
  }
}

}  // namespace kevent::bus

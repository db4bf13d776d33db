// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/kernel_state.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "lib/event/object_path.h"

namespace kevent::event {
namespace {

template <typename T>
T value_or(const Details& details, std::string_view key, T fallback) {
  const T* value = details.get<T>(key);
  return value == nullptr ? fallback : *value;
}

std::string text_or_empty(const Details& details, std::string_view key) {
  return details.text_bytes(key).value_or(std::string());
}

void update_device(Device& device, const Details& details) {
  if (details.find(key::kSubsystem)) device.subsystem = text_or_empty(details, key::kSubsystem);
  if (details.find(key::kDeviceType)) device.type = text_or_empty(details, key::kDeviceType);
  if (details.find(key::kDeviceNode)) device.node = text_or_empty(details, key::kDeviceNode);
  device.number = value_or(details, key::kDeviceNumber, device.number);
  if (const auto* size = details.get<std::uint64_t>(key::kSize)) device.size = *size;
}

}  // namespace

std::uint64_t uevent_seqnum_of(const Event& event) {
  const auto* environment = event.details.get<Environment>(key::kUevent);
  if (environment == nullptr) return 0;
  // The kernel appends SEQNUM last.
  for (auto entry = environment->rbegin(); entry != environment->rend(); ++entry) {
    if (entry->first != "SEQNUM") continue;
    std::uint64_t seqnum = 0;
    std::from_chars(entry->second.data(), entry->second.data() + entry->second.size(), seqnum);
    return seqnum;
  }
  return 0;
}

void set_device_details(Details& details, const Device& device) {
  if (!device.subsystem.empty()) details.set_text(key::kSubsystem, device.subsystem);
  if (!device.type.empty()) details.set_text(key::kDeviceType, device.type);
  if (!device.node.empty()) details.set_text(key::kDeviceNode, device.node);
  if (device.number != DeviceNumber{}) details.set(key::kDeviceNumber, device.number);
  const bool is_block = device.subsystem == "block";
  if (device.size && (is_block || *device.size > 0)) details.set(key::kSize, *device.size);
}

void set_mount_details(Details& details, const Mount& mount) {
  details.set(key::kScope, std::string(kScopeMountPoint));
  if (!mount.unseen()) {
    details.set_text(key::kMountPoint, mount.mount_point);
    details.set_text(key::kFileSystem, mount.file_system);
    details.set_text(key::kMountSource, mount.source);
    details.set_text(key::kMountRoot, mount.root);
    details.set_text(key::kOptions, mount.options);
    details.set(key::kDeviceNumber, mount.device);
  }
  details.set(key::kMountId, mount.id);
}

void KernelState::apply(const Event& event) {
  if (const auto* seqnum = event.details.get<std::uint64_t>(key::kUeventSeqnum)) {
    uevent_seqnum_ = std::max(uevent_seqnum_, *seqnum);
  }
  uevent_seqnum_ = std::max(uevent_seqnum_, uevent_seqnum_of(event));
  if (const auto* sequence = event.details.get<std::uint64_t>(key::kKernelSequence)) {
    kernel_missed_ = kernel_missed_ || (is_events_lost(event) && *sequence > kernel_sequence_);
    kernel_sequence_ = std::max(kernel_sequence_, *sequence);
  }

  switch (event.group) {
    case Group::kHotplug:
      apply_hotplug(event);
      break;
    case Group::kStorage:
      if (const auto device = devices_.find(event.object); device != devices_.end()) {
        if (event.signal == signal::kMediaChange) {
          device->second.size.reset();
          device->second.changed_at = uevent_seqnum_of(event);
        }
        update_device(device->second, event.details);
      }
      break;
    case Group::kFs: {
      const auto* id = event.details.get<std::uint64_t>(key::kMountId);
      if (id == nullptr || text_or_empty(event.details, key::kScope) != kScopeMountPoint) break;
      if (event.signal == signal::kUmount) {
        apply_umount(*id);
      } else if (event.signal == signal::kMount || event.signal == signal::kRemount) {
        apply_mount(event);
      }
      break;
    }
    case Group::kPower:
      if (event.signal == signal::kOverheating) {
        overheating_.insert(event.object);
      } else if (event.signal == signal::kNormal) {
        overheating_.erase(event.object);
      }
      break;
    case Group::kGeneral:
      break;
  }
}

// Only what lies below /devices: drivers, modules and the like speak too, but are no devices.
void KernelState::apply_hotplug(const Event& event) {
  if (!is_at_or_below(event.object, "/devices")) return;
  if (event.signal == signal::kRemove) {
    devices_.erase(event.object);
  } else if (event.signal == signal::kAdd) {
    update_device(devices_[event.object], event.details);
  } else if (event.signal == signal::kMove) {
    move_devices(text_or_empty(event.details, key::kOldObject), event.object);
    update_device(devices_[event.object], event.details);
  } else if (const auto device = devices_.find(event.object); device != devices_.end()) {
    update_device(device->second, event.details);
  }
}

// A renamed object takes what is below it along; the kernel tells only its own move. What was known
// at the new place is gone then. Nothing moves into itself, nor onto what it lies in.
void KernelState::move_devices(const std::string& from, const std::string& to) {
  if (from.empty() || is_at_or_below(to, from) || is_at_or_below(from, to)) return;
  Devices moved = extract_devices(from);
  if (moved.empty()) return;
  extract_devices(to);
  while (!moved.empty()) {
    auto node = moved.extract(moved.begin());
    node.key().replace(0, from.size(), to);
    devices_.insert(std::move(node));
  }
}

KernelState::Devices KernelState::extract_devices(const std::string& object) {
  Devices extracted;
  auto device = devices_.lower_bound(object);
  while (device != devices_.end() && device->first.starts_with(object)) {
    const auto next = std::next(device);
    if (is_at_or_below(device->first, object)) extracted.insert(devices_.extract(device));
    device = next;
  }
  return extracted;
}

void KernelState::apply_mount(const Event& event) {
  const Details& details = event.details;
  Mount mount;
  mount.id = value_or(details, key::kMountId, std::uint64_t{0});
  mount.device = value_or(details, key::kDeviceNumber, DeviceNumber{});
  mount.root = text_or_empty(details, key::kMountRoot);
  mount.mount_point = text_or_empty(details, key::kMountPoint);
  mount.file_system = text_or_empty(details, key::kFileSystem);
  mount.source = text_or_empty(details, key::kMountSource);
  mount.options = text_or_empty(details, key::kOptions);
  // One event for each member device of a btrfs: they add up.
  const auto known = mounts_.find(mount.id);
  if (known != mounts_.end() && known->second.device == mount.device) {
    mount.objects = known->second.objects;
  }
  apply_umount(mount.id);
  if (std::find(mount.objects.begin(), mount.objects.end(), event.object) == mount.objects.end()) {
    mount.objects.push_back(event.object);
  }
  for (const std::string& object : mount.objects) mounts_by_object_[object].insert(mount.id);
  ++mount_counts_[mount.device];
  mounts_.emplace(mount.id, std::move(mount));
}

void KernelState::apply_umount(std::uint64_t id) {
  const auto found = mounts_.find(id);
  if (found == mounts_.end()) return;
  const Mount& mount = found->second;
  for (const std::string& object : mount.objects) {
    const auto ids = mounts_by_object_.find(object);
    ids->second.erase(id);
    if (ids->second.empty()) mounts_by_object_.erase(ids);
  }
  const auto count = mount_counts_.find(mount.device);
  if (--count->second == 0) mount_counts_.erase(count);
  mounts_.erase(found);
}

std::uint32_t KernelState::mount_count(DeviceNumber device) const {
  const auto count = mount_counts_.find(device);
  return count == mount_counts_.end() ? 0 : count->second;
}

std::vector<const Mount*> KernelState::mounts_of(const std::string& object) const {
  std::vector<const Mount*> mounts;
  const auto ids = mounts_by_object_.find(object);
  if (ids == mounts_by_object_.end()) return mounts;
  for (const std::uint64_t id : ids->second) mounts.push_back(&mounts_.at(id));
  std::stable_partition(mounts.begin(), mounts.end(),
                        [](const Mount* mount) { return mount->root == "/"; });
  return mounts;
}

bool KernelState::has_mounts_below(const std::string& prefix) const {
  const auto first = mounts_by_object_.lower_bound(prefix);
  return first != mounts_by_object_.end() && first->first.starts_with(prefix);
}

std::vector<std::string> KernelState::mount_points(const std::string& object) const {
  std::vector<std::string> points;
  for (const Mount* mount : mounts_of(object)) points.push_back(mount->mount_point);
  return points;
}

}  // namespace kevent::event

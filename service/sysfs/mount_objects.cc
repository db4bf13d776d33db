// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/sysfs/mount_objects.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kevent::sysfs {
namespace {

// The devices of the btrfs of which `device` is one; nothing when it belongs to none.
// /sys/fs/btrfs/UUID/devices has a link to each.
std::vector<std::string> btrfs_members(const Sysfs& sysfs, const std::string& device) {
  const std::string kernel_name = device.substr(device.rfind('/') + 1);
  for (const std::string& uuid : sysfs.names("/fs/btrfs")) {
    const std::string folder = "/fs/btrfs/" + uuid + "/devices";
    if (!sysfs.exists(folder + "/" + kernel_name)) continue;
    std::vector<std::string> members;
    for (const std::string& name : sysfs.names(folder)) {
      if (auto member = sysfs.resolve(folder + "/" + name)) {
        members.push_back(std::move(*member));
      }
    }
    return members;
  }
  return {};
}

}  // namespace

std::vector<std::string> mount_objects(const Sysfs& sysfs, const event::Mount& mount) {
  std::vector<std::string> objects;
  if (mount.device.major != 0) {
    if (auto object = sysfs.block_device(mount.device)) objects.push_back(std::move(*object));
    return objects;
  }
  // Of other filesystems the source is any text: who may mount by FUSE chooses it.
  if (mount.file_system != "btrfs" && mount.file_system != "bcachefs") return objects;
  // bcachefs joins its devices by ':'.
  std::string_view sources = mount.source;
  while (!sources.empty()) {
    const std::string node(sources.substr(0, sources.find(':')));
    sources.remove_prefix(std::min(sources.size(), node.size() + 1));
    if (auto object = sysfs.device_of_node(node)) objects.push_back(std::move(*object));
  }
  if (mount.file_system == "btrfs" && objects.size() == 1) {
    if (auto members = btrfs_members(sysfs, objects.front()); !members.empty()) return members;
  }
  return objects;
}

// Linux 6.12, block/holder.c: "slaves" has a link to each device below until the one above lets it
// go, also when the device itself has gone.
std::vector<std::string> stacked_on(const Sysfs& sysfs, const event::KernelState& known,
                                    const std::string& object) {
  const std::string kMappers = "/devices/virtual/block/dm-";
  std::vector<std::string> stacked = {object};
  if (!known.has_mounts_below(kMappers)) return stacked;
  for (std::size_t i = 0; i < stacked.size(); ++i) {
    const std::string kernel_name = stacked[i].substr(stacked[i].rfind('/') + 1);
    for (auto device = known.devices().lower_bound(kMappers);
         device != known.devices().end() && device->first.starts_with(kMappers); ++device) {
      if (sysfs.names(device->first + "/slaves") == std::vector{kernel_name}) {
        stacked.push_back(device->first);
      }
    }
  }
  return stacked;
}

}  // namespace kevent::sysfs

// SPDX-License-Identifier: LGPL-2.1-or-later
// What the kernel says of its objects when asked: attributes, links and folders of sysfs. Reads
// only. Every path given here is a kernel path (service/event/object_path.h); what is not there is
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/decode/thermal.h"
#include "service/event/kernel_state.h"

namespace kevent::source {

class Sysfs {
 public:
  // `root`: where sysfs is mounted; a test gives a folder that looks like it.
  explicit Sysfs(std::string root = "/sys");

  const std::string& root() const { return root_; }
  // The path of the object in the file system: "/sys/devices/...".
  std::string full_path(const std::string& object) const;

  bool exists(const std::string& object) const;
  // True for what the driver core calls a device: it has a subsystem.
  bool is_device(const std::string& object) const;

  std::optional<std::string> attribute(const std::string& object, std::string_view name) const;
  // Whole decimal numbers, with or without a sign.
  std::optional<std::int64_t> number(const std::string& object, std::string_view name) const;
  // The last element of a link: link_name(o, "subsystem") is "block".
  std::string link_name(const std::string& object, std::string_view name) const;
  // Names in the object's folder, sorted.
  std::vector<std::string> names(const std::string& object) const;

  // The kernel path of the object that `path`, read from the root of sysfs, leads to by links and
  // dots; nothing when there is none.
  std::optional<std::string> resolve(const std::string& path) const;
  std::optional<std::string> block_device(event::DeviceNumber number) const;
  std::optional<std::string> character_device(event::DeviceNumber number) const;
  // The object of a node in /dev, by its path or that of a link to it
  // ("/dev/disk/by-label/backup").
  std::optional<std::string> device_of_node(const std::string& node) const;

  // Size of a block device in bytes.
  std::optional<std::uint64_t> block_size(const std::string& object) const;
  event::Device read_device(const std::string& object) const;
  // The nearest device above; empty where there is none.
  std::string parent_device(const std::string& object) const;

  // The kernel paths of /sys/class/thermal/thermal_zone*, or cooling_device*.
  std::vector<std::string> thermal_objects(std::string_view prefix) const;
  std::vector<decode::Trip> trips(const std::string& zone) const;

 private:
  std::string root_;
};

}  // namespace kevent::source

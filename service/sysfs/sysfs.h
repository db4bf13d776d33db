// SPDX-License-Identifier: LGPL-2.1-or-later
// Reads attributes, links and folders of sysfs. Every path given here is a kernel path
// (lib/event/object_path.h). What does not exist is nothing. What could not be read is nothing
// as well, and is one of failures(): a caller that would draw a wrong conclusion from it compares
// failures().count() before and after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/failures.h"
#include "lib/base/files.h"
#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "lib/event/thermal_trip.h"

namespace kevent::sysfs {

// Where the kernel shows its objects.
inline constexpr std::string_view kMountPoint = "/sys";

// By its kernel name: sr0.
bool is_optical_drive(std::string_view object);

class Sysfs {
 public:
  // `root`: where sysfs is mounted; a test gives a folder that looks like it.
  explicit Sysfs(std::string root = std::string(kMountPoint));

  const std::string& root() const { return root_; }

  // Everything here that could not be read.
  base::Failures& failures() const { return failures_; }

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
  // Names in the object's folder, sorted; none where it does not exist.
  std::vector<std::string> names(const std::string& object) const;

  // The kernel path of the object that `path`, read from the root of sysfs, leads to by links and
  // dots; nothing when there is none.
  std::optional<std::string> resolve(const std::string& path) const;
  std::optional<std::string> block_device(event::DeviceNumber number) const;
  std::optional<std::string> character_device(event::DeviceNumber number) const;
  // The object of a node in /dev, by its path or that of a link to it
  // ("/dev/disk/by-label/backup").
  std::optional<std::string> device_of_node(const std::string& node) const;

  // Size of a block device in bytes, 0 without a medium. Of an optical drive udev's properties say
  // whether it has a medium; where udevd has not looked at it, the size is not known.
  std::optional<std::uint64_t> block_size(const std::string& object) const;
  // The same at the moment of a uevent of the device. Nothing where sysfs or udev may still say
  // what was before it.
  std::optional<std::uint64_t> size_at_uevent(const std::string& object, bool media_change) const;
  event::Device read_device(const std::string& object) const;
  // Self-test: /dev/null, and one of the known devices that are mounted, must have an object.
  // Otherwise it is a failure.
  void check(const event::KernelState& known) const;
  // The nearest device above; empty where there is none.
  std::string parent_device(const std::string& object) const;

  // The kernel paths of /sys/class/thermal/thermal_zone*, or cooling_device*.
  std::vector<std::string> thermal_objects(std::string_view prefix) const;
  std::vector<event::Trip> trips(const std::string& zone) const;

 private:
  template <typename T>
  std::optional<T> take(const std::string& subject, base::Result<T> result) const;
  std::optional<base::Resolved> look_up(const std::string& root, const std::string& path) const;

  std::string root_;
  mutable base::Failures failures_;
};

}  // namespace kevent::sysfs

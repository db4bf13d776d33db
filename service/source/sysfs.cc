// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/sysfs.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "service/base/files.h"
#include "service/event/object_path.h"

namespace kevent::source {
namespace {

// Linux 6.12, include/linux/blk_types.h: `size` counts sectors of 512 bytes whatever the device
// has.
constexpr std::uint64_t kSectorSize = 512;

std::string_view last_element(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string device_link(std::string_view kind, event::DeviceNumber number) {
  return "/dev/" + std::string(kind) + "/" + std::to_string(number.major) + ":" +
         std::to_string(number.minor);
}

}  // namespace

Sysfs::Sysfs(std::string root) : root_(std::move(root)) {}

std::string Sysfs::full_path(const std::string& object) const {
  return object == "/" ? root_ : root_ + object;
}

bool Sysfs::exists(const std::string& object) const {
  return base::path_exists(root_ + object);
}

bool Sysfs::is_device(const std::string& object) const {
  return base::path_exists(root_ + object + "/subsystem");
}

std::optional<std::string> Sysfs::attribute(const std::string& object,
                                            std::string_view name) const {
  return base::read_attribute(root_ + object + "/" + std::string(name));
}

std::optional<std::int64_t> Sysfs::number(const std::string& object, std::string_view name) const {
  const auto text = attribute(object, name);
  return text ? parse_number(*text) : std::nullopt;
}

std::string Sysfs::link_name(const std::string& object, std::string_view name) const {
  const auto target = base::read_link(root_ + object + "/" + std::string(name));
  return target ? std::string(last_element(*target)) : std::string();
}

std::vector<std::string> Sysfs::names(const std::string& object) const {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(full_path(object), error), end;
       !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::string> Sysfs::resolve(const std::string& path) const {
  const auto file = base::open_beneath(root_, path);
  if (!file) return std::nullopt;
  struct stat status;
  if (::fstat(file->get(), &status) < 0 || !S_ISDIR(status.st_mode)) return std::nullopt;
  const auto resolved = base::path_of(*file);
  if (!resolved || !resolved->starts_with(root_)) return std::nullopt;
  std::string object = resolved->substr(root_.size());
  if (object.empty()) object = "/";
  return event::is_kernel_path(object) ? std::optional(object) : std::nullopt;
}

std::optional<std::string> Sysfs::block_device(event::DeviceNumber number) const {
  return resolve(device_link("block", number));
}

std::optional<std::string> Sysfs::character_device(event::DeviceNumber number) const {
  return resolve(device_link("char", number));
}

std::optional<std::string> Sysfs::device_of_node(const std::string& node) const {
  constexpr std::string_view kNodes = "/dev/";
  if (!node.starts_with(kNodes)) return std::nullopt;
  const auto file = base::open_beneath("/dev", node.substr(kNodes.size()));
  struct stat status;
  if (!file || ::fstat(file->get(), &status) < 0) return std::nullopt;
  const event::DeviceNumber number{major(status.st_rdev), minor(status.st_rdev)};
  if (S_ISBLK(status.st_mode)) return block_device(number);
  if (S_ISCHR(status.st_mode)) return character_device(number);
  return std::nullopt;
}

std::optional<std::uint64_t> Sysfs::block_size(const std::string& object) const {
  const auto sectors = number(object, "size");
  if (!sectors || *sectors < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*sectors) * kSectorSize;
}

event::Device Sysfs::read_device(const std::string& object) const {
  event::Device device;
  device.subsystem = link_name(object, "subsystem");
  std::string_view lines;
  const auto uevent = attribute(object, "uevent");
  if (uevent) lines = *uevent;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    const std::size_t equals = line.find('=');
    if (equals == line.npos) continue;
    const std::string_view name = line.substr(0, equals);
    const std::string_view value = line.substr(equals + 1);
    const auto as_number = [&] {
      return static_cast<std::uint32_t>(parse_number(value).value_or(0));
    };
    if (name == "DEVTYPE") device.type = value;
    if (name == "DEVNAME") device.node = "/dev/" + std::string(value);
    if (name == "MAJOR") device.number.major = as_number();
    if (name == "MINOR") device.number.minor = as_number();
  }
  if (device.subsystem == "block") device.size = block_size(object).value_or(0);
  return device;
}

std::string Sysfs::parent_device(const std::string& object) const {
  std::string parent = object;
  for (;;) {
    parent.resize(parent.rfind('/'));
    if (parent.empty()) return parent;
    if (is_device(parent)) return parent;
  }
}

std::vector<std::string> Sysfs::thermal_objects(std::string_view prefix) const {
  std::vector<std::string> objects;
  for (const std::string& name : names("/class/thermal")) {
    if (!name.starts_with(prefix)) continue;
    if (auto object = resolve("/class/thermal/" + name)) objects.push_back(*object);
  }
  return objects;
}

std::vector<decode::Trip> Sysfs::trips(const std::string& zone) const {
  // "cdev0_trip_point" holds the index of the trip to which cooling device 0 is bound, -1 for none.
  std::vector<std::int64_t> cooled;
  const auto all_names = names(zone);
  for (const std::string& name : all_names) {
    if (!name.starts_with("cdev") || !name.ends_with("_trip_point")) continue;
    if (const auto index = number(zone, name)) cooled.push_back(*index);
  }
  std::vector<decode::Trip> trips;
  constexpr std::string_view kPrefix = "trip_point_";
  constexpr std::string_view kSuffix = "_type";
  for (const std::string& name : all_names) {
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) continue;
    const std::string stem = name.substr(0, name.size() - kSuffix.size());
    const auto index = parse_number(std::string_view(stem).substr(kPrefix.size()));
    if (!index || *index < 0) continue;
    decode::Trip trip;
    trip.index = static_cast<std::uint32_t>(*index);
    trip.type = attribute(zone, name).value_or(std::string());
    trip.temperature = static_cast<std::int32_t>(number(zone, stem + "_temp").value_or(0));
    trip.hysteresis = static_cast<std::int32_t>(number(zone, stem + "_hyst").value_or(0));
    trip.has_cooling_device = std::find(cooled.begin(), cooled.end(), *index) != cooled.end();
    trips.push_back(std::move(trip));
  }
  std::sort(trips.begin(), trips.end(),
            [](const auto& a, const auto& b) { return a.index < b.index; });
  return trips;
}

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/sysfs/sysfs.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <charconv>
#include <system_error>

#include "lib/event/object_path.h"
#include "service/sysfs/udev_database.h"

namespace kevent::sysfs {
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

// The driver answers that it has no value for the attribute now: a thermal zone that is off, an
// interface that is down.
bool is_without_value(const base::Error& error) {
  return error.code == EAGAIN || error.code == EINVAL || error.code == ENODATA ||
         error.code == EOPNOTSUPP;
}

std::string device_link(std::string_view kind, event::DeviceNumber number) {
  return "/dev/" + std::string(kind) + "/" + std::to_string(number.major) + ":" +
         std::to_string(number.minor);
}

}  // namespace

bool is_optical_drive(std::string_view object) {
  const std::string_view name = last_element(object);
  return name.starts_with("sr") && parse_number(name.substr(2)).has_value();
}

Sysfs::Sysfs(std::string root)
    : root_(std::move(root)),
      failures_("sysfs", "events may name other objects than they should, or lack details") {}

template <typename T>
std::optional<T> Sysfs::take(const std::string& subject, base::Result<T> result) const {
  if (!result && !base::is_absence(result.error())) {
    failures_.failed(subject, result.error());
    return std::nullopt;
  }
  failures_.succeeded(subject);
  return result ? std::optional<T>(std::move(result).value()) : std::nullopt;
}

std::optional<base::Resolved> Sysfs::look_up(const std::string& root,
                                             const std::string& path) const {
  auto found = base::resolve_beneath(root, path);
  // The name itself is at fault, and it may be an untrusted caller's.
  const bool is_refused = !found && (found.error().code == EXDEV || found.error().code == ELOOP ||
                                     found.error().code == ENAMETOOLONG);
  return is_refused ? std::nullopt : take(root + path, std::move(found));
}

std::string Sysfs::full_path(const std::string& object) const {
  return object == "/" ? root_ : root_ + object;
}

bool Sysfs::exists(const std::string& object) const {
  return take(root_ + object, base::path_exists(root_ + object)).value_or(false);
}

bool Sysfs::is_device(const std::string& object) const {
  return exists(object + "/subsystem");
}

std::optional<std::string> Sysfs::attribute(const std::string& object,
                                            std::string_view name) const {
  const std::string path = root_ + object + "/" + std::string(name);
  auto content = base::read_attribute(path);
  if (!content && is_without_value(content.error())) return std::nullopt;
  return take(path, std::move(content));
}

std::optional<std::int64_t> Sysfs::number(const std::string& object, std::string_view name) const {
  const auto text = attribute(object, name);
  return text ? parse_number(*text) : std::nullopt;
}

std::string Sysfs::link_name(const std::string& object, std::string_view name) const {
  const std::string path = root_ + object + "/" + std::string(name);
  const auto target = take(path, base::read_link(path));
  return target ? std::string(last_element(*target)) : std::string();
}

std::vector<std::string> Sysfs::names(const std::string& object) const {
  const std::string path = full_path(object);
  return take(path, base::list_folder(path)).value_or(std::vector<std::string>());
}

std::optional<std::string> Sysfs::resolve(const std::string& path) const {
  const auto found = look_up(root_, path);
  if (!found || !S_ISDIR(found->mode)) return std::nullopt;
  return event::is_kernel_path(found->path) ? std::optional(found->path) : std::nullopt;
}

std::optional<std::string> Sysfs::block_device(event::DeviceNumber number) const {
  return resolve(device_link("block", number));
}

std::optional<std::string> Sysfs::character_device(event::DeviceNumber number) const {
  return resolve(device_link("char", number));
}

std::optional<std::string> Sysfs::device_of_node(const std::string& node) const {
  constexpr std::string_view kNodes = "/dev";
  if (!node.starts_with("/dev/")) return std::nullopt;
  const auto found = look_up(std::string(kNodes), node.substr(kNodes.size()));
  if (!found) return std::nullopt;
  const event::DeviceNumber number{major(found->device), minor(found->device)};
  if (S_ISBLK(found->mode)) return block_device(number);
  if (S_ISCHR(found->mode)) return character_device(number);
  return std::nullopt;
}

void Sysfs::check(const event::KernelState& known) const {
  const std::uint64_t before = failures_.count();
  bool is_mapped = true;
  for (const auto& [id, mount] : known.mounts()) {
    const std::string& object = mount.objects.front();
    const bool has_gone = !object.starts_with("/fs/") && !known.devices().contains(object);
    if (mount.device.major == 0 || has_gone) continue;
    is_mapped = block_device(mount.device).has_value();
    if (is_mapped) break;
  }
  const bool has_node = device_of_node("/dev/null").has_value();
  if (failures_.count() != before) return;
  if (!has_node) failures_.failed("self-test of nodes", {0, "/dev/null has no object in " + root_});
  if (!is_mapped) {
    failures_.failed("self-test of mounts", {0, "no mounted device has an object in " + root_});
  }
}

std::optional<std::uint64_t> Sysfs::block_size(const std::string& object) const {
  // Linux 6.12, drivers/scsi/sr.c, get_sectorsize(): without a medium `size` is that of 0x1fffff
  // sectors.
  if (is_optical_drive(object)) {
    const std::string path = full_path(object);
    const auto has_medium = take("medium of " + path, has_optical_medium(path));
    if (!has_medium) return std::nullopt;
    if (!*has_medium) return 0;
  }
  const auto sectors = number(object, "size");
  if (!sectors || *sectors < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*sectors) * kSectorSize;
}

// Of a SCSI device `size` is that of the medium before until somebody opens it (Linux 6.12,
// drivers/scsi/sd.c, sd_open()).
std::optional<std::uint64_t> Sysfs::size_at_uevent(const std::string& object,
                                                   bool media_change) const {
  if (is_optical_drive(object)) return std::nullopt;
  if (media_change) {
    const std::uint64_t failures = failures_.count();
    const std::string bus = link_name(object, "device/subsystem");
    if (bus == "scsi" || failures_.count() != failures) return std::nullopt;
  }
  return block_size(object);
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
  if (device.subsystem == "block") device.size = block_size(object);
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

std::vector<event::Trip> Sysfs::trips(const std::string& zone) const {
  // "cdev0_trip_point" holds the index of the trip to which cooling device 0 is bound, -1 for none.
  std::vector<std::int64_t> cooled;
  const auto all_names = names(zone);
  for (const std::string& name : all_names) {
    if (!name.starts_with("cdev") || !name.ends_with("_trip_point")) continue;
    if (const auto index = number(zone, name)) cooled.push_back(*index);
  }
  std::vector<event::Trip> trips;
  constexpr std::string_view kPrefix = "trip_point_";
  constexpr std::string_view kSuffix = "_type";
  for (const std::string& name : all_names) {
    if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) continue;
    const std::string stem = name.substr(0, name.size() - kSuffix.size());
    const auto index = parse_number(std::string_view(stem).substr(kPrefix.size()));
    if (!index || *index < 0) continue;
    event::Trip trip;
    trip.index = static_cast<std::uint32_t>(*index);
    trip.type = attribute(zone, name).value_or(std::string());
    const auto temperature = number(zone, stem + "_temp");
    if (!temperature) continue;  // the driver has none for it now
    trip.temperature = static_cast<std::int32_t>(*temperature);
    trip.hysteresis = static_cast<std::int32_t>(number(zone, stem + "_hyst").value_or(0));
    trip.has_cooling_device = std::find(cooled.begin(), cooled.end(), *index) != cooled.end();
    trips.push_back(std::move(trip));
  }
  std::sort(trips.begin(), trips.end(),
            [](const auto& a, const auto& b) { return a.index < b.index; });
  return trips;
}

}  // namespace kevent::sysfs

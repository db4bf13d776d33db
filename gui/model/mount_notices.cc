// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/mount_notices.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "gui/model/block_device.h"
#include "gui/model/notice_key.h"
#include "gui/model/text.h"
#include "lib/event/object_path.h"
#include "lib/event/text.h"

namespace kevent::gui {
namespace {

namespace key = event::key;
namespace signal = event::signal;
using event::Event;

// N4. Where people look for what they plug in.
constexpr std::array<std::string_view, 3> kPlaces = {"/media", "/run/media", "/mnt"};
// Where the system mounts for itself.
constexpr std::array<std::string_view, 12> kSystemPlaces = {"/boot", "/dev",     "/efi", "/etc",
                                                            "/nix",  "/proc",    "/run", "/snap",
                                                            "/sys",  "/sysroot", "/usr", "/var"};
constexpr std::array<std::string_view, 2> kSystemMountPoints = {"/", "/home"};

constexpr std::uint64_t kOneActUs = 10'000'000;  // N7

bool is_in(const auto& folders, std::string_view path) {
  return std::ranges::any_of(
      folders, [&](std::string_view folder) { return event::is_at_or_below(path, folder); });
}

std::string bytes_of(const Event& event, std::string_view key) {
  return event.details.text_bytes(key).value_or(std::string());
}

std::string clean_text_of(const Event& event, std::string_view key) {
  const auto* text = event.details.get<std::string>(key);
  return text == nullptr ? std::string() : *text;
}

event::Texts mount_points_of(const Event& event) {
  const auto* mount_points = event.details.get<event::Texts>(key::kMountPoints);
  return mount_points == nullptr ? event::Texts() : *mount_points;
}

std::uint32_t mounts_left(const Event& event) {
  const auto* mounts = event.details.get<std::uint32_t>(key::kMounts);
  return mounts == nullptr ? 0 : *mounts;
}

bool is_of_file_system(const Event& event) {
  return bytes_of(event, key::kScope) == event::kScopeFileSystem;
}

bool is_device_or_partition(const std::string& device, const std::string& object) {
  return device == object || disk_of(device) == object;
}

// N4.
bool concerns_a_person(const Event& event) {
  const std::string mount_point = bytes_of(event, key::kMountPoint);
  const std::string root = bytes_of(event, key::kMountRoot);
  const bool whole = root.empty() || root == "/" || bytes_of(event, key::kFileSystem) == "btrfs";
  if (mount_point.empty() || !whole) return false;
  if (is_in(kPlaces, mount_point)) return true;
  if (!can_be_unplugged(event.object) && !is_loop_device(event.object)) return false;
  return !is_in(kSystemPlaces, mount_point) &&
         std::ranges::find(kSystemMountPoints, mount_point) == kSystemMountPoints.end();
}

}  // namespace

MountNotices::Commands MountNotices::event(const Event& event, const QString& label) {
  if (event.group != event::Group::kFs || disk_of(event.object).empty()) return {};
  if (event.signal == signal::kMount) return mounted(event, label);
  if (event.signal == signal::kUmount) {
    if (is_left_by_removal(event)) return {};
    return is_of_file_system(event) ? released(event, label) : unmounted(event, label);
  }
  if (event.signal != signal::kRemount) return {};
  const std::string before = bytes_of(event, key::kOldMountPoint);
  return before.empty() ? Commands() : Commands{CloseNotice{mount_key(before)}};
}

MountNotices::Commands MountNotices::mounted(const Event& event, const QString& label) {
  removed_.erase(event.object);
  left_.erase(clean_text_of(event, key::kMountPoint));
  FileSystem& file_system = file_systems_[event.object];
  file_system.in_use = true;
  file_system.released = false;
  file_system.mounted_us = std::max(file_system.mounted_us, event.time_us);
  Commands commands = {CloseNotice{medium_key(event.object)},
                       CloseNotice{medium_key(disk_of(event.object))}};
  if (is_of_file_system(event) || !concerns_a_person(event)) return commands;
  file_system.mount_point = bytes_of(event, key::kMountPoint);
  file_system.key = mount_key(file_system.mount_point);
  file_system.name = label.isEmpty() ? last_element(file_system.mount_point) : label;
  commands.emplace_back(mount_notice(event, file_system));
  return commands;
}

MountNotices::Commands MountNotices::unmounted(const Event& event, const QString& label) {
  if (!concerns_a_person(event)) return {};
  FileSystem& file_system = file_systems_[event.object];
  file_system.mount_point = bytes_of(event, key::kMountPoint);
  file_system.key = mount_key(file_system.mount_point);
  file_system.name = label.isEmpty() ? last_element(file_system.mount_point) : label;
  const std::string disk = disk_of(event.object);
  unmounted_us_[disk] = event.time_us;
  // The two come by different ways: the medium's event may be the first.
  return {CloseNotice{medium_key(disk)}, umount_notice(event, file_system)};
}

// The word of the kernel's events layer comes another way than that of the mount table: it may come
// before it, or after the next mount, and is of no use then.
MountNotices::Commands MountNotices::released(const Event& event, const QString& label) {
  FileSystem& file_system = file_systems_[event.object];
  if (event.time_us < file_system.mounted_us) return {};
  file_system.in_use = false;
  file_system.released = true;
  if (file_system.key.isEmpty()) {
    if (!can_be_unplugged(event.object)) return {};
    file_system.key = notice_key("released", event.object);
    file_system.name = label.isEmpty() ? object_name(event) : label;
  }
  return {umount_notice(event, file_system)};
}

MountNotices::Commands MountNotices::removed_while_mounted(const Event& event,
                                                           const QString& label) {
  Commands commands = removed(event.object);
  removed_[event.object] = true;
  // A mount may be of another device, which lies on this one: then by its mount point.
  for (const std::string& mount_point : mount_points_of(event)) {
    left_[mount_point] = true;
    for (const auto& [object, file_system] : file_systems_) {
      if (!file_system.key.isEmpty() && event::clean_text(file_system.mount_point) == mount_point) {
        commands.emplace_back(CloseNotice{file_system.key});
      }
    }
  }
  commands.emplace_back(removal_notice(event, label));
  return commands;
}

// N15.
bool MountNotices::is_left_by_removal(const Event& umount) const {
  return removed_.find(umount.object) != nullptr ||
         left_.find(clean_text_of(umount, key::kMountPoint)) != nullptr;
}

bool MountNotices::was_removed_while_mounted(const std::string& object) const {
  return std::ranges::any_of(
      removed_, [&](const auto& entry) { return is_device_or_partition(entry.first, object); });
}

void MountNotices::added(const std::string& object) {
  std::vector<std::string> added;
  for (const auto& [device, removed] : removed_) {
    if (is_device_or_partition(device, object)) added.push_back(device);
  }
  for (const std::string& device : added) removed_.erase(device);
}

MountNotices::Commands MountNotices::removed(const std::string& object) {
  const FileSystem* file_system = file_systems_.find(object);
  if (file_system == nullptr) return {};
  Commands commands;
  // That it may be removed stays true.
  if (!file_system->key.isEmpty() && !file_system->released) {
    commands.emplace_back(CloseNotice{file_system->key});
  }
  file_systems_.erase(object);
  return commands;
}

MountNotices::Commands MountNotices::ejected(const std::string& disk) {
  Commands commands;
  std::vector<std::string> gone;
  for (const auto& [object, file_system] : file_systems_) {
    if (disk_of(object) != disk) continue;
    gone.push_back(object);
    if (!file_system.key.isEmpty()) commands.emplace_back(CloseNotice{file_system.key});
  }
  for (const std::string& object : gone) file_systems_.erase(object);
  return commands;
}

void MountNotices::clear() {
  file_systems_.clear();
  unmounted_us_.clear();
  removed_.clear();
  left_.clear();
}

bool MountNotices::unmounted_just_now(const Event& event) const {
  const std::uint64_t* unmounted_us = unmounted_us_.find(disk_of(event.object));
  return unmounted_us != nullptr &&
         event.time_us - std::min(*unmounted_us, event.time_us) <= kOneActUs;
}

// By another filesystem than the object's own.
bool MountNotices::drive_is_in_use(const std::string& object) const {
  const std::string disk = disk_of(object);
  return std::ranges::any_of(file_systems_, [&](const auto& entry) {
    return entry.second.in_use && entry.first != object && disk_of(entry.first) == disk;
  });
}

Notice MountNotices::mount_notice(const Event& event, const FileSystem& file_system) const {
  const bool found = is_synthesized(event);  // N11
  Notice notice;
  notice.kind = NoticeKind::kMount;
  notice.key = file_system.key;
  notice.title = found ? tr("%1 is mounted").arg(file_system.name)
                       : tr("%1 was mounted").arg(file_system.name);
  notice.body = tr("%1 (%2) on %3")
                    .arg(last_element(event.object), detail_text(event, key::kFileSystem),
                         text_of(file_system.mount_point));
  notice.icon = QStringLiteral("drive-removable-media");
  notice.urgency = found ? Urgency::kLow : Urgency::kNormal;
  notice.actions = {Action::kOpen};
  if (can_be_unplugged(event.object)) notice.actions.push_back(Action::kEject);
  notice.object = event.object;
  notice.mount_point = file_system.mount_point;
  return notice;
}

Notice MountNotices::umount_notice(const Event& event, const FileSystem& file_system) const {
  const QString& name = file_system.name;
  Notice notice;
  notice.kind = NoticeKind::kMount;
  notice.key = file_system.key;
  notice.title = is_synthesized(event) ? tr("%1 is not mounted any more").arg(name)
                                       : tr("%1 was unmounted").arg(name);
  notice.icon = QStringLiteral("media-eject");
  notice.object = event.object;
  if (mounts_left(event) > 0) {
    notice.body = tr("It is still mounted elsewhere.");
  } else if (!file_system.released) {
    notice.urgency = Urgency::kLow;
    notice.body = tr("%1 is not on %2 any more.")
                      .arg(last_element(event.object), text_of(file_system.mount_point));
  } else if (is_composed(event.object)) {  // N6
    notice.body = tr("All is written.");
  } else if (drive_is_in_use(event.object)) {
    notice.body = tr("All is written, but other filesystems of the drive are in use.");
  } else {
    notice.title = tr("%1 may be removed now").arg(name);
    notice.body = tr("All is written, and the device was let go.");
  }
  return notice;
}

Notice MountNotices::removal_notice(const Event& event, const QString& label) const {
  const event::Texts mount_points = mount_points_of(event);
  QString name = label;
  if (name.isEmpty() && !mount_points.empty() && mount_points.front() != "/") {
    name = last_element(mount_points.front());
  }
  if (name.isEmpty()) name = object_name(event);
  const auto* read_only = event.details.get<bool>(key::kReadOnly);
  const bool data_is_lost = read_only == nullptr || !*read_only;
  Notice notice;
  notice.kind = NoticeKind::kError;
  notice.key = notice_key("removed", event.object);
  notice.title = is_synthesized(event) ? tr("%1 is gone and was not unmounted").arg(name)  // N11
                                       : tr("%1 was removed while it was mounted").arg(name);
  const QString loss =
      data_is_lost
          ? tr("Data not yet written to it is lost. Check the files that were changed last.")
          : tr("It was read-only, so no data is lost.");
  const QString places = places_text(mount_points);
  notice.body = places.isEmpty() ? loss : places + QLatin1Char(' ') + loss;
  notice.icon = data_is_lost ? QStringLiteral("dialog-error") : QStringLiteral("dialog-warning");
  notice.urgency = data_is_lost ? Urgency::kCritical : Urgency::kNormal;
  notice.stays = data_is_lost;
  notice.actions = {Action::kShow};
  notice.object = event.object;
  return notice;
}

QString MountNotices::places_text(const event::Texts& mount_points) const {
  if (mount_points.empty()) return {};
  const QString first = text_of(mount_points.front());
  if (mount_points.size() == 1) return tr("It was mounted on %1.").arg(first);
  if (mount_points.size() == 2) {
    return tr("It was mounted on %1 and %2.").arg(first, text_of(mount_points.back()));
  }
  return tr("It was mounted on %1 and in %n other place(s).", nullptr,
            plural(mount_points.size() - 1))
      .arg(first);
}

}  // namespace kevent::gui

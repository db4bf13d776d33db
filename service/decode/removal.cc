// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/removal.h"

#include <algorithm>
#include <string_view>

#include "lib/event/text.h"

namespace kevent::decode {
namespace {

namespace key = event::key;

// The first option is that of the mount, and the filesystem's own follow: either may forbid
// writing.
bool is_read_only(const event::Mount& mount) {
  std::string_view options = mount.options;
  while (!options.empty()) {
    const std::string_view option = options.substr(0, options.find(','));
    if (option == "ro") return true;
    options.remove_prefix(std::min(options.size(), option.size() + 1));
  }
  return false;
}

}  // namespace

std::optional<event::Event> removed_while_mounted(const event::KernelState& known,
                                                  const event::Event& removal,
                                                  const std::vector<std::string>& stacked) {
  if (removal.group != event::Group::kHotplug || removal.signal != event::signal::kRemove) {
    return std::nullopt;
  }
  std::vector<const event::Mount*> mounts;
  for (const std::string& object : stacked) {
    const auto more = known.mounts_of(object);
    mounts.insert(mounts.end(), more.begin(), more.end());
  }
  if (mounts.empty()) return std::nullopt;

  event::Event event;
  event.time_us = removal.time_us;
  event.group = event::Group::kStorage;
  event.priority = event::priority::kError;
  event.object = removal.object;
  event.signal = event::signal::kRemovedWhileMounted;
  for (const std::string_view copied : {key::kSource, key::kSynthesized, key::kSubsystem,
                                        key::kDeviceType, key::kDeviceNode, key::kDeviceNumber}) {
    if (const auto* value = removal.details.find(copied)) event.details.set(copied, *value);
  }
  event::Texts points;
  for (const event::Mount* mount : mounts) {
    if (points.size() < kMostMountPoints) points.push_back(event::clean_text(mount->mount_point));
  }
  event.details.set(key::kMountPoints, std::move(points));
  if (mounts.size() > kMostMountPoints) {
    event.details.set(key::kMounts, static_cast<std::uint32_t>(mounts.size()));
  }
  event.details.set_text(key::kFileSystem, mounts.front()->file_system);
  const bool read_only = std::all_of(
      mounts.begin(), mounts.end(), [](const event::Mount* mount) { return is_read_only(*mount); });
  if (read_only) event.details.set(key::kReadOnly, true);
  return event;
}

}  // namespace kevent::decode

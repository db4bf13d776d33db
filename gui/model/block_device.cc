// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/block_device.h"

#include <algorithm>
#include <array>

namespace kevent::gui {
namespace {

constexpr std::string_view kBlockFolder = "/block/";

// "sda"; empty for what is no block device.
std::string_view disk_name(std::string_view object) {
  const std::size_t folder = object.find(kBlockFolder);
  if (!object.starts_with("/devices/") || folder == object.npos) return {};
  const std::string_view rest = object.substr(folder + kBlockFolder.size());
  return rest.substr(0, rest.find('/'));
}

// "sr0" is numbered "sr"; "srv" is not.
bool is_numbered(std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) && name.size() > prefix.size() && name[prefix.size()] >= '0' &&
         name[prefix.size()] <= '9';
}

bool has_element(std::string_view path, const auto& is_wanted) {
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    if (is_wanted(path.substr(0, end))) return true;
    path.remove_prefix(end == path.npos ? path.size() : end + 1);
  }
  return false;
}

}  // namespace

std::string disk_of(std::string_view object) {
  const std::string_view name = disk_name(object);
  if (name.empty()) return {};
  return std::string(
      object.substr(0, object.find(kBlockFolder) + kBlockFolder.size() + name.size()));
}

bool can_be_unplugged(std::string_view object) {
  const std::string_view name = disk_name(object);
  if (name.empty()) return false;
  return is_numbered(name, "sr") || is_numbered(name, "fd") ||
         has_element(object, [](std::string_view element) {
           return is_numbered(element, "usb") || element == "mmc_host";
         });
}

bool is_loop_device(std::string_view object) {
  return is_numbered(disk_name(object), "loop");
}

bool is_composed(std::string_view object) {
  const std::string_view name = disk_name(object);
  return is_numbered(name, "dm-") || is_numbered(name, "md") || name.starts_with("md_");
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/objects.h"

#include <cstdint>
#include <utility>

namespace kevent::automount {
namespace {

constexpr char kEncryptedInterface[] = "org.freedesktop.UDisks2.Encrypted";
constexpr char kPartitionInterface[] = "org.freedesktop.UDisks2.Partition";

using Bytes = std::vector<std::uint8_t>;

// A file name of udisks2's ends with a NUL.
std::string text_of(const Bytes& bytes) {
  std::string text(bytes.begin(), bytes.end());
  while (!text.empty() && text.back() == '\0') text.pop_back();
  return text;
}

std::vector<std::string> texts_of(const std::vector<Bytes>& list) {
  std::vector<std::string> texts;
  for (const Bytes& bytes : list) texts.push_back(text_of(bytes));
  return texts;
}

// udisks2 says "/" for "no object".
std::string object_or_nothing(const sdbus::ObjectPath& path) {
  return path == "/" ? std::string() : std::string(path);
}

}  // namespace

void Objects::add(const std::string& object, const Interfaces& interfaces) {
  for (const auto& [interface, properties] : interfaces) {
    objects_[object].insert_or_assign(interface, properties);
  }
}

void Objects::change(const std::string& object, const std::string& interface,
                     const Properties& properties) {
  if (!has(object, interface)) return;
  for (const auto& [name, value] : properties) {
    objects_[object][interface].insert_or_assign(name, value);
  }
}

void Objects::remove(const std::string& object, const std::vector<std::string>& interfaces) {
  const auto found = objects_.find(object);
  if (found == objects_.end()) return;
  for (const std::string& interface : interfaces) found->second.erase(interface);
  if (found->second.empty()) objects_.erase(found);
}

bool Objects::has(const std::string& object, const std::string& interface) const {
  const auto found = objects_.find(object);
  return found != objects_.end() && found->second.contains(interface);
}

template <typename T>
T Objects::property(const std::string& object, const std::string& interface,
                    const std::string& name) const {
  if (!has(object, interface)) return {};
  const Properties& properties = objects_.at(object).at(interface);
  const auto found = properties.find(name);
  if (found == properties.end() || !found->second.containsValueOfType<T>()) return {};
  return found->second.get<T>();
}

// Between the signals of a change one may be told and the other not yet: a filesystem that cannot
// be asked to mount is none.
std::optional<BlockDevice> Objects::block(const std::string& object) const {
  if (!has(object, kBlockInterface)) return std::nullopt;
  const auto text = [&](const char* name) {
    return property<std::string>(object, kBlockInterface, name);
  };
  const auto is = [&](const char* name) { return property<bool>(object, kBlockInterface, name); };
  const auto path = [&](const char* interface, const char* name) {
    return object_or_nothing(property<sdbus::ObjectPath>(object, interface, name));
  };
  BlockDevice block{
      .object = object,
      .number = property<std::uint64_t>(object, kBlockInterface, "DeviceNumber"),
      .node = text_of(property<Bytes>(object, kBlockInterface, "Device")),
      .links = texts_of(property<std::vector<Bytes>>(object, kBlockInterface, "Symlinks")),
      .usage = text("IdUsage"),
      .type = text("IdType"),
      .label = text("IdLabel"),
      .uuid = text("IdUUID"),
      .hint_auto = is("HintAuto"),
      .hint_ignore = is("HintIgnore"),
      .unlocked = !path(kEncryptedInterface, "CleartextDevice").empty(),
      .drive = path(kBlockInterface, "Drive"),
      .drive_id = {},
      .table = path(kPartitionInterface, "Table"),
      .mount_points =
          texts_of(property<std::vector<Bytes>>(object, kFilesystemInterface, "MountPoints"))};
  block.drive_id = property<std::string>(block.drive, kDriveInterface, "Id");
  if (block.usage == "filesystem" && !has(object, kFilesystemInterface)) block.usage.clear();
  return block;
}

std::vector<BlockDevice> Objects::blocks() const {
  std::vector<BlockDevice> result;
  for (const auto& [object, interfaces] : objects_) {
    if (auto found = block(object)) result.push_back(*std::move(found));
  }
  return result;
}

}  // namespace kevent::automount

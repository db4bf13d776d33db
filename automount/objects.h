// SPDX-License-Identifier: LGPL-2.1-or-later
// udisks2's objects as its signals tell of them: the only place that knows its interfaces and
// properties by name. A property of another type than udisks2 documents counts as not there.
#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "automount/block_device.h"

namespace kevent::automount {

inline constexpr char kUdisks[] = "org.freedesktop.UDisks2";
inline constexpr char kUdisksRoot[] = "/org/freedesktop/UDisks2";
inline constexpr char kBlockInterface[] = "org.freedesktop.UDisks2.Block";
inline constexpr char kFilesystemInterface[] = "org.freedesktop.UDisks2.Filesystem";
inline constexpr char kDriveInterface[] = "org.freedesktop.UDisks2.Drive";

class Objects {
 public:
  using Properties = std::map<std::string, sdbus::Variant>;
  using Interfaces = std::map<std::string, Properties>;

  void add(const std::string& object, const Interfaces& interfaces);
  void change(const std::string& object, const std::string& interface,
              const Properties& properties);
  void remove(const std::string& object, const std::vector<std::string>& interfaces);
  void clear() { objects_.clear(); }

  // The object as a block device; nothing when it is none.
  std::optional<BlockDevice> block(const std::string& object) const;
  std::vector<BlockDevice> blocks() const;

 private:
  template <typename T>
  T property(const std::string& object, const std::string& interface,
             const std::string& name) const;
  bool has(const std::string& object, const std::string& interface) const;

  std::map<std::string, Interfaces> objects_;
};

}  // namespace kevent::automount

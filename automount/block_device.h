// SPDX-License-Identifier: LGPL-2.1-or-later
// What udisks2 says of a block device, as far as it matters here. A value; knows neither D-Bus nor
// udisks2's names for it (objects.h does). Text is as the bus carries it: a device chooses its own
// labels, so none of it reaches a terminal but through notice.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kevent::automount {

struct BlockDevice {
  std::string object;              // its D-Bus path
  std::uint64_t number = 0;        // dev_t: by it the kernel's events are about the same device
  std::string node;                // "/dev/sdb1"
  std::vector<std::string> links;  // other names for it in /dev
  std::string usage;               // "filesystem", "crypto", ...; empty: nothing is known on it
  std::string type;                // "vfat", "crypto_LUKS", ...
  std::string label;
  std::string uuid;
  bool hint_auto = false;    // to be mounted by itself: removable, or said to be so
  bool hint_ignore = false;  // not for people
  bool unlocked = false;     // encrypted, and there is a device with the plain text
  std::string drive;         // D-Bus path; empty: in no drive
  std::string drive_id;      // what the drive calls itself, the same on every machine
  std::string table;         // the device that this one is a partition of; empty: none
  std::vector<std::string> mount_points;

  bool operator==(const BlockDevice&) const = default;
};

// What tells one medium in a device from the next.
struct Medium {
  std::string type;
  std::string uuid;

  bool operator==(const Medium&) const = default;
};

inline Medium medium_of(const BlockDevice& device) {
  return {device.type, device.uuid};
}

}  // namespace kevent::automount

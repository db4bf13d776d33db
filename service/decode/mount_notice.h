// SPDX-License-Identifier: LGPL-2.1-or-later
// What fanotify says of a mount namespace -> notices: which mount came, went or moved. The bytes
// come from the caller. Constants and structures are the kernel's (Linux 6.15,
// include/uapi/linux/fanotify.h), which the headers of Debian 12 lack.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kevent::decode {

namespace fanotify {
inline constexpr unsigned kReportMounts = 0x4000;       // FAN_REPORT_MNT, for fanotify_init(2)
inline constexpr unsigned kMarkMountNamespace = 0x110;  // FAN_MARK_MNTNS, for fanotify_mark(2)
inline constexpr std::uint64_t kAttach = 0x0100'0000;   // FAN_MNT_ATTACH
inline constexpr std::uint64_t kDetach = 0x0200'0000;   // FAN_MNT_DETACH
}  // namespace fanotify

struct MountNotice {
  enum class Kind {
    kAttached,
    kDetached,
    kMoved,     // attached and detached in one
    kOverflow,  // the kernel's queue was full: notices are missing; no id
  };
  Kind kind = Kind::kOverflow;
  std::uint64_t id = 0;  // the mount's, never used again
  bool operator==(const MountNotice&) const = default;
};

struct MountNotices {
  std::vector<MountNotice> notices;  // in the kernel's order
  std::uint64_t rejected = 0;        // messages that say nothing of mounts, and a broken end
};

// Takes any bytes.
MountNotices parse_mount_notices(std::string_view bytes);

}  // namespace kevent::decode

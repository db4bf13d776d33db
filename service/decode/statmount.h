// SPDX-License-Identifier: LGPL-2.1-or-later
// What statmount(2) says of one mount -> event::Mount, word for word what parse_mount_table() makes
// of the same mount, but for the id: this one is never used again. The bytes come from the caller.
// The structure is the kernel's (Linux 6.18, include/uapi/linux/mount.h), under a name of our own:
// the headers of Debian 12 lack it.
//
// Rules:
//   C1  Options are those of the mount, then those of the filesystem, as libmount joins them: "ro"
//       in front when either is read-only, else "rw"; both only once.
//   C2  Strings that the kernel leaves out (no source, no options) are what mountinfo shows:
//       "none", nothing.
//   C3  The kernel escapes the filesystem's options as it does in mountinfo; they are unescaped.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "lib/event/kernel_state.h"

namespace kevent::decode {

// The part in front of the strings. Fields called *_text are offsets from its end, and hold only
// where `mask` has the bit of what was asked for.
struct StatmountHeader {
  std::uint32_t size = 0;  // with the strings
  std::uint32_t options_text = 0;
  std::uint64_t mask = 0;
  std::uint32_t device_major = 0;
  std::uint32_t device_minor = 0;
  std::uint64_t magic = 0;
  std::uint32_t file_system_flags = 0;  // SB_*
  std::uint32_t type_text = 0;
  std::uint64_t id = 0;
  std::uint64_t parent_id = 0;
  std::uint32_t reused_id = 0;  // mountinfo's
  std::uint32_t reused_parent_id = 0;
  std::uint64_t attributes = 0;  // MOUNT_ATTR_*
  std::array<std::uint64_t, 4> propagation{};
  std::uint32_t root_text = 0;
  std::uint32_t mount_point_text = 0;
  std::uint64_t namespace_id = 0;
  std::uint32_t subtype_text = 0;
  std::uint32_t source_text = 0;
  std::array<std::uint64_t, 48> more{};
};
static_assert(sizeof(StatmountHeader) == 512);

// Bits of `mask`, and of the request.
namespace statmount_mask {
inline constexpr std::uint64_t kFileSystem = 0x1;
inline constexpr std::uint64_t kMount = 0x2;
inline constexpr std::uint64_t kRoot = 0x8;
inline constexpr std::uint64_t kMountPoint = 0x10;
inline constexpr std::uint64_t kType = 0x20;
inline constexpr std::uint64_t kOptions = 0x80;   // Linux 6.11
inline constexpr std::uint64_t kSubtype = 0x100;  // Linux 6.13
inline constexpr std::uint64_t kSource = 0x200;   // Linux 6.13
// Without these it is no mount that could be told.
inline constexpr std::uint64_t kNeeded = kFileSystem | kMount | kRoot | kMountPoint | kType;
inline constexpr std::uint64_t kWanted = kNeeded | kOptions | kSubtype | kSource;
}  // namespace statmount_mask

// Takes any bytes; nothing when they are no whole answer.
std::optional<event::Mount> parse_statmount(std::string_view bytes);

}  // namespace kevent::decode

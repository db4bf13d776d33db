// SPDX-License-Identifier: LGPL-2.1-or-later
// fanotify's messages, as the kernel writes them.
#pragma once

#include <sys/fanotify.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace kevent::decode {

struct MountRecord {
  std::uint8_t type = 7;  // FAN_EVENT_INFO_TYPE_MNT
  std::uint8_t pad = 0;
  std::uint16_t length = sizeof(MountRecord);
  std::uint64_t id = 0;
};
static_assert(sizeof(MountRecord) == 16);

inline std::string notice_message(std::uint64_t mask, const std::string& records) {
  fanotify_event_metadata metadata{};
  metadata.event_len = static_cast<std::uint32_t>(sizeof metadata + records.size());
  metadata.vers = FANOTIFY_METADATA_VERSION;
  metadata.metadata_len = sizeof metadata;
  metadata.mask = mask;
  metadata.fd = FAN_NOFD;
  std::string bytes(sizeof metadata, '\0');
  std::memcpy(bytes.data(), &metadata, sizeof metadata);
  return bytes + records;
}

inline std::string record_bytes(const MountRecord& record) {
  std::string bytes(sizeof record, '\0');
  std::memcpy(bytes.data(), &record, sizeof record);
  return bytes;
}

inline std::string mount_message(std::uint64_t mask, std::uint64_t id) {
  return notice_message(mask, record_bytes({.id = id}));
}

}  // namespace kevent::decode

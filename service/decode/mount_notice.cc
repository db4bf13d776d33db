// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/mount_notice.h"

#include <sys/fanotify.h>

#include <cstddef>
#include <cstring>
#include <optional>

namespace kevent::decode {
namespace {

// FAN_EVENT_INFO_TYPE_MNT, and what follows its header.
constexpr std::uint8_t kMountInformation = 7;
struct MountInformation {
  fanotify_event_info_header header;
  std::uint64_t id;
};

// Of the information records behind the metadata, the mount's.
std::optional<std::uint64_t> mount_id(std::string_view records) {
  while (records.size() >= sizeof(fanotify_event_info_header)) {
    fanotify_event_info_header header{};
    std::memcpy(&header, records.data(), sizeof header);
    if (header.len < sizeof header || header.len > records.size()) return std::nullopt;
    if (header.info_type == kMountInformation && header.len >= sizeof(MountInformation)) {
      std::uint64_t id = 0;
      std::memcpy(&id, records.data() + offsetof(MountInformation, id), sizeof id);
      return id;
    }
    records.remove_prefix(header.len);
  }
  return std::nullopt;
}

std::optional<MountNotice> notice_of(std::uint64_t mask, std::string_view records) {
  using Kind = MountNotice::Kind;
  if ((mask & FAN_Q_OVERFLOW) != 0) return MountNotice{Kind::kOverflow, 0};
  const auto id = mount_id(records);
  if (!id) return std::nullopt;
  switch (mask & (fanotify::kAttach | fanotify::kDetach)) {
    case fanotify::kAttach:
      return MountNotice{Kind::kAttached, *id};
    case fanotify::kDetach:
      return MountNotice{Kind::kDetached, *id};
    case fanotify::kAttach | fanotify::kDetach:
      return MountNotice{Kind::kMoved, *id};
    default:
      return std::nullopt;
  }
}

}  // namespace

MountNotices parse_mount_notices(std::string_view bytes) {
  MountNotices result;
  while (!bytes.empty()) {
    fanotify_event_metadata metadata{};
    if (bytes.size() >= sizeof metadata) std::memcpy(&metadata, bytes.data(), sizeof metadata);
    // A length that can't be, or another version: where the next message starts is not known.
    if (metadata.vers != FANOTIFY_METADATA_VERSION || metadata.event_len < sizeof metadata ||
        metadata.metadata_len < sizeof metadata || metadata.metadata_len > metadata.event_len ||
        metadata.event_len > bytes.size()) {
      ++result.rejected;
      break;
    }
    const auto records =
        bytes.substr(metadata.metadata_len, metadata.event_len - metadata.metadata_len);
    if (const auto notice = notice_of(metadata.mask, records)) {
      result.notices.push_back(*notice);
    } else {
      ++result.rejected;
    }
    bytes.remove_prefix(metadata.event_len);
  }
  return result;
}

}  // namespace kevent::decode

// SPDX-License-Identifier: LGPL-2.1-or-later
// Any bytes of fanotify: what is read can be said again.
#include "service/decode/mount_notice.h"
#include "tests/decode/mount_notice_message.h"
#include "tests/fuzz/property.h"

namespace decode = kevent::decode;

namespace {

std::string message_of(const decode::MountNotice& notice) {
  using Kind = decode::MountNotice::Kind;
  switch (notice.kind) {
    case Kind::kAttached:
      return decode::mount_message(decode::fanotify::kAttach, notice.id);
    case Kind::kDetached:
      return decode::mount_message(decode::fanotify::kDetach, notice.id);
    case Kind::kMoved:
      return decode::mount_message(decode::fanotify::kAttach | decode::fanotify::kDetach,
                                   notice.id);
    case Kind::kOverflow:
      break;
  }
  return decode::notice_message(FAN_Q_OVERFLOW, "");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = decode::parse_mount_notices(kevent::fuzz::text_of(data, size));
  std::string again;
  for (const auto& notice : parsed.notices) again += message_of(notice);
  const auto reparsed = decode::parse_mount_notices(again);
  kevent::fuzz::holds(reparsed.notices == parsed.notices, "what is said again is the same");
  kevent::fuzz::holds(reparsed.rejected == 0, "what is said again is whole");
  return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_notices.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/fanotify.h>
#include <unistd.h>

#include "lib/base/files.h"
#include "service/decode/mount_notice.h"

namespace kevent::source {
namespace {

namespace fanotify = decode::fanotify;

// A hundred notices: bounded, so that the bus gets its turn.
constexpr std::size_t kBufferSize = 4096;
// Metadata and one record.
constexpr std::size_t kNotice = 40;

}  // namespace

MountNotices::MountNotices(base::FileDescriptor group)
    : group_(std::move(group)), buffer_(kBufferSize) {}

base::Result<MountNotices> MountNotices::open() {
  base::FileDescriptor group(::fanotify_init(
      FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK | fanotify::kReportMounts, O_RDONLY));
  if (!group.valid()) return base::last_error("fanotify_init");
  const auto name_space = base::open_file("/proc/self/ns/mnt", O_RDONLY);
  if (!name_space) return name_space.error();
  if (::fanotify_mark(group.get(), FAN_MARK_ADD | fanotify::kMarkMountNamespace,
                      fanotify::kAttach | fanotify::kDetach, name_space->get(), nullptr) < 0) {
    return base::last_error("fanotify_mark");
  }
  return MountNotices(std::move(group));
}

base::Result<std::string_view> MountNotices::read() {
  ssize_t length = 0;
  do {
    length = ::read(group_.get(), buffer_.data(), buffer_.size());
  } while (length < 0 && errno == EINTR);
  may_have_more_ = length > static_cast<ssize_t>(kBufferSize - kNotice);
  if (length >= 0) return std::string_view(buffer_.data(), static_cast<std::size_t>(length));
  if (errno == EAGAIN) return std::string_view();
  return base::last_error("read fanotify");
}

}  // namespace kevent::source

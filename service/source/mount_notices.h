// SPDX-License-Identifier: LGPL-2.1-or-later
// fanotify on this process's mount namespace: which mount came, went or moved, without a look at
// the mount table. Linux 6.15 or newer, and CAP_SYS_ADMIN at open(), no longer afterwards.
#pragma once

#include <string_view>
#include <vector>

#include "lib/base/file_descriptor.h"
#include "lib/base/result.h"

namespace kevent::source {

class MountNotices {
 public:
  static base::Result<MountNotices> open();

  int descriptor() const { return group_.get(); }

  // Whole messages, as many as one read gives, for decode::parse_mount_notices(); empty when there
  // are none now. The bytes last until the next read().
  base::Result<std::string_view> read();

  // The last read() may have left some: there was no room for another.
  bool may_have_more() const { return may_have_more_; }

 private:
  explicit MountNotices(base::FileDescriptor group);

  base::FileDescriptor group_;
  std::vector<char> buffer_;
  bool may_have_more_ = false;
};

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_monitor.h"

#include <libmount/libmount.h>

namespace kevent::source {

void MountMonitor::Unref::operator()(libmnt_monitor* monitor) const {
  mnt_unref_monitor(monitor);
}

base::Result<MountMonitor> MountMonitor::open() {
  const std::string context = "watch the mount table";
  Monitor monitor(mnt_new_monitor());
  if (!monitor) return base::Error{ENOMEM, context};
  if (const int result = mnt_monitor_enable_kernel(monitor.get(), 1); result < 0) {
    return base::Error{-result, context};
  }
  if (const int result = mnt_monitor_get_fd(monitor.get()); result < 0) {
    return base::Error{-result, context};
  }
  return MountMonitor(std::move(monitor));
}

int MountMonitor::descriptor() const {
  return mnt_monitor_get_fd(monitor_.get());
}

bool MountMonitor::take_wake() {
  bool woken = false;
  while (mnt_monitor_next_change(monitor_.get(), nullptr, nullptr) == 0) woken = true;
  return woken;
}

}  // namespace kevent::source

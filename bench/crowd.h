// SPDX-License-Identifier: LGPL-2.1-or-later
// Many mounts and many kernel objects, made quickly and taken away at the end: to see what grows
// with their number.
#pragma once

#include <vector>

#include "lib/base/file_descriptor.h"
#include "tests/support/mounted.h"
#include "tests/support/temporary_directory.h"

namespace kevent::bench {

// How many mounts this mount namespace has.
int mount_count();

// Fills this mount namespace up to `total` mounts.
class MountCrowd {
 public:
  explicit MountCrowd(int total);

 private:
  support::TemporaryDirectory directory_;
  support::Mounted top_;  // all others are below it, and go with it
};

// Further devices that udev enumerates: a loop device is two, itself and its backing_dev_info.
class DeviceCrowd {
 public:
  explicit DeviceCrowd(int devices);
  ~DeviceCrowd();
  DeviceCrowd(const DeviceCrowd&) = delete;
  DeviceCrowd& operator=(const DeviceCrowd&) = delete;

 private:
  int loops() const { return devices_ / 2; }

  int devices_;
  base::FileDescriptor control_;
};

}  // namespace kevent::bench

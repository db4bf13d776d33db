// SPDX-License-Identifier: LGPL-2.1-or-later
// The kernel's word that the mount table of this process's namespace has changed, and no more than
// that: libmount's monitor, which polls the table without reading it.
#pragma once

#include <memory>

#include "lib/base/result.h"

struct libmnt_monitor;

namespace kevent::source {

class MountMonitor {
 public:
  static base::Result<MountMonitor> open();

  // Readable when the table has changed since the last take_wake().
  int descriptor() const;
  // Whether it has. What changes after this call wakes again.
  bool take_wake();

 private:
  struct Unref {
    void operator()(libmnt_monitor* monitor) const;
  };
  using Monitor = std::unique_ptr<libmnt_monitor, Unref>;
  explicit MountMonitor(Monitor monitor) : monitor_(std::move(monitor)) {}

  Monitor monitor_;
};

}  // namespace kevent::source

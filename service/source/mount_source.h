// SPDX-License-Identifier: LGPL-2.1-or-later
// The mount table of the service's mount namespace: libmount's monitor wakes, the whole table is
// read, and what differs from what has been told becomes events. What comes and goes between two
// reads leaves no trace in the table, and is not told: a filesystem that was unmounted and mounted
// again at the same place in between is the same.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "service/base/result.h"
#include "service/event/kernel_state.h"
#include "service/source/source.h"
#include "service/source/sysfs.h"

struct libmnt_monitor;

namespace kevent::source {

class MountSource final : public Source {
 public:
  // `known`: what has been told, the fold of what goes into `sink`.
  static base::Result<std::unique_ptr<MountSource>> open(Sink& sink,
                                                         const event::KernelState& known,
                                                         const Sysfs& sysfs);

  std::string_view name() const override { return "mount"; }
  int descriptor() const override;
  short poll_events() const override;
  void start() override;
  void dispatch() override;
  SourceStatus status() const override { return status_; }

 private:
  struct UnrefMonitor {
    void operator()(libmnt_monitor* monitor) const;
  };
  using Monitor = std::unique_ptr<libmnt_monitor, UnrefMonitor>;

  MountSource(Sink& sink, const event::KernelState& known, const Sysfs& sysfs, Monitor monitor);
  void read_table(bool synthesized);

  Sink& sink_;
  const event::KernelState& known_;
  const Sysfs& sysfs_;
  Monitor monitor_;
  std::uint64_t rejected_in_table_ = 0;
  SourceStatus status_;
};

// The kernel objects that speak for a mount: the block device of its device number; of btrfs and
// bcachefs, whose number is anonymous, each member device; else none.
std::vector<std::string> mount_objects(const Sysfs& sysfs, const event::Mount& mount);

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
// The mounts of the service's mount namespace. Where the kernel has it and the service may,
// fanotify says which mount came or went, and only that one is looked at, by an id that is never
// used again: among ten thousand mounts it costs what it costs among ten. Else the whole table is
// read at each change, by libmount; what comes and goes between two reads then leaves no trace, and
// a filesystem that was unmounted and mounted again at the same place is the same.
//
// The two ways know a mount by different ids. A service that finds a log of the other way tells, at
// its start, that all mounts went and came.
//
// Rules, of fanotify:
//   N1  A mount that came and is not known: `mount`. One that was gone before it was looked at is
//       told on /fs by its id alone, and so is its end. One that can't be reached from the root of
//       the service is not told: no mount table shows it either.
//   N2  A mount that went: `umount`, if it is known.
//   N3  A mount that came and is known already, since the table was read in between: `remount`
//       where it differs.
//   N4  A move (what is mounted below it moves along), and a change of the table of which fanotify
//       says nothing (a remount): the table is compared with what is known.
//   N5  fanotify's queue was full: `events_lost`, not known how many (at least one, so one in
//       event::SourceStatus::lost); then the table is compared and the differences are told,
//       Synthesized.
//   N6  A change of the table that comes together with notices counts as explained by them. What
//       may hide there is found a second later, when the table is compared.
//   N7  What can't be read now is tried again, with all the rest, a second later. That is logged
//       once, until it works again.
//   N8  A new mount whose device can't be looked up for want of descriptors or memory is tried again
//       in the same way. Where looking up fails for another reason it is emitted as /fs/TYPE, and
//       Sysfs::failures() has the reason. When a resync finds its device, a `umount` of /fs/TYPE
//       and a `mount` of the device follow.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/base/file_descriptor.h"
#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/decode/mount_differences.h"
#include "service/decode/mount_notice.h"
#include "service/source/mount_calls.h"
#include "service/source/mount_monitor.h"
#include "service/source/mount_notices.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {

class MountSource final : public Source {
 public:
  // `known`: what has been told, the fold of what goes into `sink`.
  static base::Result<std::unique_ptr<MountSource>> open(Sink& sink,
                                                         const event::KernelState& known,
                                                         const sysfs::Sysfs& sysfs);

  std::string_view name() const override { return "mount"; }
  int descriptor() const override { return all_.get(); }
  short poll_events() const override;
  void start() override;
  void dispatch() override;
  event::SourceStatus status() const override {
    event::SourceStatus status = status_;
    status.problem = event::join_problems(status.problem, failures_.problem());
    return status;
  }

 private:
  MountSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
              MountMonitor monitor);
  void open_notices();
  base::Status watch();

  std::vector<decode::MountNotice> read_notices();
  // Whether the table has to be compared for it.
  bool tell(const decode::MountNotice& notice);
  void tell_attached(std::uint64_t id);
  void compare_table(bool synthesized);
  void attribute_to_devices();
  base::Result<std::vector<event::Mount>> read_table();
  void record(std::vector<event::Event> events);
  void record_synthesized(std::vector<event::Event> events);
  decode::MountObjects objects();
  std::vector<std::string> known_objects(event::DeviceNumber number) const;
  void failed(const base::Error& error);
  void look_again_later();
  bool take_timer();

  Sink& sink_;
  const event::KernelState& known_;
  const sysfs::Sysfs& sysfs_;
  MountMonitor monitor_;
  std::optional<MountNotices> notices_;  // nothing: the whole table is read
  MountCalls calls_;
  base::FileDescriptor timer_;
  bool timer_runs_ = false;
  base::Failures failures_{"mount", "mounts are reported later"};
  base::FileDescriptor all_;  // an epoll(7) of the three
  std::uint64_t rejected_in_table_ = 0;
  event::SourceStatus status_;
};

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
// The events layer of a patched kernel (kernel-patch/): what filesystems and drivers say
// themselves. libnl resolves the family `kevent`; notifications come by our own checked socket, and
// what they miss from the kernel's log. Which number is told, dropped or lost is kernel_events.h's
// job.
//
// Rules:
//   G1  The groups are joined first, then the log is read: nothing falls in between.
//   G2  At start all that the log holds after the last number told (L8 to L10) is told, as far as
//       there is room for it (L5): the rest comes as the bus takes what there is.
//   G3  After an overrun the kernel drops until the socket is empty, so it is emptied first. What
//       was in it before is told; what does not follow on that is left to the log (L2).
//   G4  A reading of the log that fails is tried again.
#pragma once

#include <memory>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/source/kernel_events.h"
#include "service/source/kernel_log.h"
#include "service/source/netlink_socket.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {

class KernelSource final : public Source {
 public:
  // ENOENT where the kernel has no events layer.
  static base::Result<std::unique_ptr<KernelSource>> open(Sink& sink,
                                                          const event::KernelState& known,
                                                          const sysfs::Sysfs& sysfs);

  std::string_view name() const override { return "kernel"; }
  int descriptor() const override { return socket_.descriptor(); }
  short poll_events() const override;
  void start() override;
  void dispatch() override;
  bool unfinished() const override { return incomplete_; }
  bool has_room_to_wait() const override { return socket_.problem().empty(); }
  void mend() override;
  event::SourceStatus status() const override;

  // What the kernel's log held when it was opened.
  const decode::KernelLog& held() const { return held_; }

  // Tells what has a number by now, whether the sink wants it or not, as long as it has room. True
  // when that was all.
  bool catch_up();

 private:
  KernelSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
               const KernelFamily& family, NetlinkSocket socket);

  using Extent = KernelEvents::Extent;
  bool hear(Extent extent);
  bool take(std::string_view datagram);
  bool read_log(Extent extent);

  Sink& sink_;
  int family_;
  NetlinkSocket socket_;
  NetlinkKernelLog log_;
  KernelEvents events_;
  decode::KernelLog held_;
  std::uint64_t foreign_ = 0;
  base::Failures failures_{"kernel", "its events are reported later"};
  bool incomplete_ = false;  // something was missed that is not read from the log yet
};

}  // namespace kevent::source

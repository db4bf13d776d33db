// SPDX-License-Identifier: LGPL-2.1-or-later
// The kernel's numbered events, each told once and in order, from notifications and from the
// kernel's log; without the socket, so that it can be tested where no kernel has an events layer.
//
// Numbers have no holes, and all groups are joined, so a number that does not come was missed.
//
// Rules:
//   L1  A number at or below the last one told is dropped.
//   L2  A notification that is not the next number shows that others were missed. It is left to the
//       log, which has it and them.
//   L3  What the log no longer has is told as events_lost with its exact count, in its place, and
//       with KernelSequence, the last number that is missing.
//   L4  An event that nobody can read is loss of one. Where even its number can't be read, the next
//       number that is known counts it.
//   L5  The log is read on from the last number told: what one reading leaves, the next one finds.
//       A piece of it is kPiece events, and fewer when the sink wants no more; all of it is as much
//       as the sink has room for.
//   L6  Events of a block device carry its Subsystem, DeviceNode and DeviceNumber; media_change and
//       eject_request also what a uevent of the same happening carries: DeviceType and Size. All as
//       sysfs has it now.
//   L7  media_change and eject_request carry UeventSeqnum, the highest SEQNUM that the service has
//       taken so far. Their uevents make no events (uevent_source.h, E7), and so the log knows of
//       them after kill -9. Where the uevent comes second, another uevent or the next of these
//       events tells it; killed before that, the next service counts this uevent as lost.
//   L8  A service goes on after the last number that was told, where its state is of this log: the
//       same boot id, and a number that was given out.
//   L9  Where the service before did not hear the kernel, the others told what they could in its
//       place: the next one begins after the last number that there is.
//   L10 Else it begins with the oldest that is held, and what is held no more is not called lost;
//       where only the state is lost, after the highest number that the service's own log has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/source/kernel_log.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {

// L8 to L10: the last number that counts as told. `has_state`: what `known` holds is more than what
// the service's own log has.
std::uint64_t begin_after(const event::KernelState& known, bool has_state,
                          const decode::KernelLog& held);

class KernelEvents {
 public:
  static constexpr int kPiece = 1000;

  struct Counts {
    std::uint64_t received = 0;
    std::uint64_t rejected = 0;
    std::uint64_t lost = 0;
  };

  // What `known` holds was told.
  KernelEvents(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
               KernelLogReader& log);

  // A notification, from its generic netlink header on. False: read the log (L2).
  bool take(std::span<const std::byte> payload);

  enum class Extent { kPiece, kAll };
  // Tells what the log holds after the last number told. True when that was all.
  base::Result<bool> read_log(Extent extent);

  // What the log of the service could not keep, and nothing of the kernel's came after, counts as
  // not told: read the log, and it is received once more. What it could not keep before a later
  // number that it kept is not told again: it has counted it as lost.
  void begin_at_known() { last_ = known_.kernel_sequence(); }

  const Counts& counts() const { return counts_; }

 private:
  void tell(decode::KernelMessage message);
  void tell_lost(std::uint64_t up_to);
  void complete(event::Event& event) const;

  Sink& sink_;
  const event::KernelState& known_;
  const sysfs::Sysfs& sysfs_;
  KernelLogReader& log_;
  std::uint64_t last_;  // told, or told as lost
  Counts counts_;
};

}  // namespace kevent::source

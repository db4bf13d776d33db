// SPDX-License-Identifier: LGPL-2.1-or-later
// The kernel's uevents, from our own checked socket, whether udevd runs or not: udevd's queue would
// hold them back.
//
// Rules:
//   E1  Each message of the kernel is one event, in the order of the socket.
//   E2  What the socket dropped is told as events_lost with its exact count, after the messages
//       that came before it; then the devices are read again and the differences told
//       (Synthesized).
//   E3  At start, SEQNUMs between the last one told and the kernel's count that are not in the
//       socket are told as events_lost. The count is an upper bound: the kernel numbers the uevents
//       of all network namespaces, and this socket hears its own; and of those that were missed
//       the kernel's events layer may have told some itself. A SEQNUM below the last one that was
//       still in flight when the service ended counts like those above it.
//   E4  A gap in SEQNUM while running is no loss: it may be another namespace's.
//   E5  A message that the kernel sent but nobody can read is loss of one event.
//   E6  A read that fails takes no message: it is tried again, and until then the socket is not
//       called empty.
//   E7  Where the kernel's events layer is heard, a uevent that says media_change or eject_request
//       makes no event: the object is refreshed, and its SEQNUM counts as told. Differences that a
//       re-read finds are told as ever, after what the kernel has said by then; sizes only once it
//       has told all of that, as one that differs may be the medium that it is about to tell of.
//   E8  The `remove` of a device that is still mounted has `removed_while_mounted` before it
//       (decode/removal.h). Mounts and unmounts are read first; a synthetic uevent removes nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"
#include "service/source/netlink_socket.h"
#include "service/source/source.h"
#include "service/sysfs/sysfs.h"

namespace kevent::source {

class UeventSource final : public Source {
 public:
  // What the kernel may keep for us while nobody reads: some 100,000 uevents.
  static constexpr int kBufferSize = 128 << 20;

  // `known`: what has been told, the fold of what goes into `sink`.
  static base::Result<std::unique_ptr<UeventSource>> open(Sink& sink,
                                                          const event::KernelState& known,
                                                          const sysfs::Sysfs& sysfs,
                                                          KernelSpeaks kernel = KernelSpeaks::kNo,
                                                          int buffer_size = kBufferSize);

  std::string_view name() const override { return "uevent"; }
  int descriptor() const override { return socket_.descriptor(); }
  short poll_events() const override;
  void start() override;
  void dispatch() override;
  bool unfinished() const override { return incomplete_ || sizes_due_; }
  bool has_room_to_wait() const override { return socket_.problem().empty(); }
  void mend() override { incomplete_ = true; }
  event::SourceStatus status() const override;

 private:
  UeventSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
               KernelSpeaks kernel, NetlinkSocket socket);

  enum class Reading { kMore, kEmpty, kFailed };

  // Reads one message. Its event; nothing when it made none, or when there was none (`reading_`).
  std::optional<event::Event> next();
  void tell(event::Event event);
  void record(event::Event event);
  void tell_lost(std::uint64_t count, std::optional<std::uint64_t> up_to_seqnum);
  void tell_drops(std::optional<std::uint64_t> up_to_seqnum);
  std::vector<event::Event> take_early_messages(std::uint64_t seqnum);
  void recover();
  void compare();

  Sink& sink_;
  const event::KernelState& known_;
  const sysfs::Sysfs& sysfs_;
  KernelSpeaks kernel_;
  NetlinkSocket socket_;
  Reading reading_ = Reading::kMore;  // what the socket had when it was last read
  base::Failures failures_{"uevent", "uevents wait in the kernel's buffer"};
  bool incomplete_ = false;  // something was missed that is not told and mended yet
  bool sizes_due_ = false;   // sizes are to be compared when the kernel has told all
  event::SourceStatus status_;
};

// The number of the last uevent of this machine.
std::optional<std::uint64_t> current_uevent_seqnum(const sysfs::Sysfs& sysfs);

}  // namespace kevent::source

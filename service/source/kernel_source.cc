// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/kernel_source.h"

#include <linux/kevent.h>
#include <linux/netlink.h>
#include <poll.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "lib/base/logging.h"

namespace kevent::source {
namespace {

// Some 20,000 notifications. What does not fit is in the kernel's log.
constexpr int kBufferSize = 8 << 20;
// Messages of one dispatch() that are taken, and that are heard at all: bounded, so that the bus
// gets its turn. Of one that is dropped only the number is read.
constexpr int kBatch = 256;
constexpr int kMostHeard = 5000;

}  // namespace

base::Result<std::unique_ptr<KernelSource>> KernelSource::open(Sink& sink,
                                                               const event::KernelState& known,
                                                               const sysfs::Sysfs& sysfs) {
  const auto family = KernelFamily::resolve(KEVENT_FAMILY_NAME);
  if (!family) return family.error();
  auto socket = NetlinkSocket::open(NETLINK_GENERIC, family->groups, kBufferSize);  // G1
  if (!socket) return socket.error();
  std::unique_ptr<KernelSource> source(
      new KernelSource(sink, known, sysfs, *family, std::move(socket).value()));
  const auto held = source->log_.held();
  if (!held) return held.error();
  source->held_ = *held;
  return source;
}

KernelSource::KernelSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                           const KernelFamily& family, NetlinkSocket socket)
    : sink_(sink),
      family_(family.id),
      socket_(std::move(socket)),
      log_(family.id),
      events_(sink, known, sysfs, log_) {}

short KernelSource::poll_events() const {
  return POLLIN;
}

// G2.
void KernelSource::start() {
  events_.begin_at_known();
  catch_up();
}

void KernelSource::mend() {
  events_.begin_at_known();
  incomplete_ = true;
}

// What is left in the socket then the log had, too.
bool KernelSource::catch_up() {
  const bool is_empty = hear(Extent::kAll);
  const bool is_whole = read_log(Extent::kAll);
  incomplete_ = !is_whole || !is_empty;
  return is_whole;
}

// G3.
void KernelSource::dispatch() {
  if (hear(Extent::kPiece) && incomplete_) incomplete_ = !read_log(Extent::kPiece);
}

// Reads what is in the socket. True when nothing is left in it.
bool KernelSource::hear(Extent extent) {
  using Outcome = NetlinkSocket::Outcome;
  int budget = extent == Extent::kPiece ? kBatch : kMostHeard;
  for (int i = 0; (i < kMostHeard && budget > 0) || socket_.has_more(); ++i) {
    // Whoever wants none now calls when it does.
    if (!(extent == Extent::kPiece ? sink_.wants_more() : sink_.has_room())) return false;
    const auto received = socket_.receive();
    switch (received.outcome) {
      case Outcome::kMessage:
        if (take(received.message)) {
          --budget;
        } else {
          incomplete_ = true;
        }
        break;
      case Outcome::kForeign:
        ++foreign_;
        break;
      case Outcome::kTruncated:
      case Outcome::kOverrun:
        incomplete_ = true;
        break;
      case Outcome::kFailed:
        failures_.failed("socket", received.error);
        return false;
      case Outcome::kEmpty:
        failures_.succeeded("socket");
        return true;
    }
  }
  return false;
}

// A datagram may hold several netlink messages. False when something is missing before one of them.
bool KernelSource::take(std::string_view datagram) {
  bool is_next = true;
  while (datagram.size() >= NLMSG_HDRLEN) {
    nlmsghdr header;
    std::memcpy(&header, datagram.data(), sizeof header);
    if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > datagram.size()) break;
    const auto payload =
        std::as_bytes(std::span(datagram.substr(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN)));
    if (header.nlmsg_type == family_) is_next = events_.take(payload) && is_next;
    datagram.remove_prefix(std::min<std::size_t>(datagram.size(), NLMSG_ALIGN(header.nlmsg_len)));
  }
  return is_next;
}

// True when nothing is left to read.
bool KernelSource::read_log(Extent extent) {
  const auto read = events_.read_log(extent);
  if (!read) {
    failures_.failed("log", read.error());
    return false;
  }
  failures_.succeeded("log");
  return *read;
}

event::SourceStatus KernelSource::status() const {
  namespace signal = event::signal;
  const KernelEvents::Counts& counts = events_.counts();
  event::SourceStatus status;
  status.active = true;
  status.kind = "netlink";
  status.signals = {signal::kMount,        signal::kUmount,      signal::kMediaChange,
                    signal::kEjectRequest, signal::kOverheating, signal::kNormal,
                    signal::kDegraded,     signal::kSyncStart,   signal::kSyncDone,
                    signal::kSyncAborted,  signal::kIoError};
  status.received = counts.received;
  status.rejected = counts.rejected + foreign_;
  status.lost = counts.lost;
  status.problem = event::join_problems(socket_.problem(), failures_.problem());
  return status;
}

}  // namespace kevent::source

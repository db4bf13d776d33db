// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/kernel_source.h"

#include <linux/netlink.h>
#include <poll.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "service/base/logging.h"

namespace kevent::source {
namespace {

// Some 10,000 notifications. What does not fit is in the kernel's log.
constexpr int kBufferSize = 8 << 20;
// Messages of one dispatch(): bounded, so that the bus gets its turn. To drop one costs next to
// nothing.
constexpr int kBatch = 256;
constexpr int kMostDropped = 20000;

}  // namespace

base::Result<std::unique_ptr<KernelSource>> KernelSource::open(Sink& sink,
                                                               const event::KernelState& known,
                                                               const Sysfs& sysfs) {
  const auto family = KernelFamily::resolve();
  if (!family) return family.error();
  auto socket = NetlinkSocket::open(NETLINK_GENERIC, family->groups, kBufferSize);  // G1
  if (!socket) return socket.error();
  std::unique_ptr<KernelSource> source(
      new KernelSource(sink, known, sysfs, *family, std::move(socket).value()));
  const auto held = source->log_.held();
  if (!held) return held.error();
  source->forgotten_ = held->oldest - 1;
  return source;
}

KernelSource::KernelSource(Sink& sink, const event::KernelState& known, const Sysfs& sysfs,
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

void KernelSource::catch_up() {
  if (!read_log(KernelEvents::Extent::kAll)) incomplete_ = true;
}

void KernelSource::dispatch() {
  using Outcome = NetlinkSocket::Outcome;
  bool is_empty = false;
  for (int i = 0; (i < (incomplete_ ? kMostDropped : kBatch) || socket_.has_more()) && !is_empty;
       ++i) {
    if (!sink_.wants_more()) return;  // whoever wants none now calls when it does
    const auto received = socket_.receive();
    switch (received.outcome) {
      case Outcome::kMessage:
        if (!incomplete_) take(received.message);
        break;
      case Outcome::kForeign:
        ++foreign_;
        break;
      case Outcome::kTruncated:
      case Outcome::kOverrun:
        incomplete_ = true;
        break;
      case Outcome::kFailed:
        if (!std::exchange(failing_, true)) {
          base::log_error("kernel: " + received.error.message());
        }
        return;
      case Outcome::kEmpty:
        is_empty = true;
        break;
    }
  }
  // G3.
  if (is_empty && incomplete_) incomplete_ = !read_log(KernelEvents::Extent::kPiece);
}

// A datagram may hold several netlink messages.
void KernelSource::take(std::string_view datagram) {
  while (datagram.size() >= NLMSG_HDRLEN) {
    nlmsghdr header;
    std::memcpy(&header, datagram.data(), sizeof header);
    if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > datagram.size()) break;
    const auto payload =
        std::as_bytes(std::span(datagram.substr(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN)));
    if (header.nlmsg_type == family_ && !events_.take(payload)) incomplete_ = true;
    if (incomplete_) return;
    datagram.remove_prefix(std::min<std::size_t>(datagram.size(), NLMSG_ALIGN(header.nlmsg_len)));
  }
}

// True when nothing is left to read.
bool KernelSource::read_log(KernelEvents::Extent extent) {
  const auto read = events_.read_log(extent);
  if (!read) {
    if (!std::exchange(failing_, true)) base::log_error("kernel: " + read.error().message());
    return false;
  }
  failing_ = false;
  return *read;
}

SourceStatus KernelSource::status() const {
  namespace signal = event::signal;
  const KernelEvents::Counts& counts = events_.counts();
  SourceStatus status;
  status.active = true;
  status.kind = "netlink";
  status.signals = {signal::kMount,        signal::kUmount,      signal::kMediaChange,
                    signal::kEjectRequest, signal::kOverheating, signal::kNormal,
                    signal::kDegraded,     signal::kSyncStart,   signal::kSyncDone,
                    signal::kSyncAborted,  signal::kIoError};
  status.received = counts.received;
  status.rejected = counts.rejected + foreign_;
  status.lost = counts.lost;
  status.problem = socket_.problem();
  return status;
}

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/kernel_events.h"

#include <algorithm>
#include <utility>

#include "lib/base/clock.h"
#include "lib/event/medium.h"

namespace kevent::source {
namespace {

namespace key = event::key;
using Kind = decode::KernelMessage::Kind;

}  // namespace

std::uint64_t begin_after(const event::KernelState& known, bool has_state,
                          const decode::KernelLog& held) {
  const bool was_heard = known.kernel_boot_id() != event::KernelBootId{};
  if (has_state && !was_heard) return held.last;  // L9
  const std::uint64_t forgotten = held.oldest - 1;
  const bool is_of_this_log = known.kernel_sequence() <= held.last &&
                              (!has_state || known.kernel_boot_id() == held.boot_id);
  if (!is_of_this_log) return forgotten;
  return has_state ? known.kernel_sequence() : std::max(known.kernel_sequence(), forgotten);
}

KernelEvents::KernelEvents(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                           KernelLogReader& log)
    : sink_(sink), known_(known), sysfs_(sysfs), log_(log), last_(known.kernel_sequence()) {}

bool KernelEvents::take(std::span<const std::byte> payload) {
  const std::uint64_t number = decode::kernel_sequence_of(payload);
  if (number != 0 && number <= last_) return true;  // L1
  if (number > last_ + 1) return false;
  auto message = decode::parse_kernel_message(payload, base::realtime_offset_us());
  if (message.kind != Kind::kOther && number == 0) return false;
  tell(std::move(message));
  return true;
}

base::Result<bool> KernelEvents::read_log(Extent extent) {
  const auto held = log_.held();
  if (!held) return held.error();
  if (held->last == last_) return true;
  const std::int64_t offset_us = base::realtime_offset_us();
  int count = 0;
  bool is_whole = true;
  const auto status = log_.read_after(last_, [&](std::span<const std::byte> payload) {
    is_whole = extent == Extent::kAll ? sink_.has_room() : count++ < kPiece && sink_.wants_more();
    if (is_whole) tell(decode::parse_kernel_message(payload, offset_us));
    return is_whole;
  });
  if (!status) return status.error();
  if (is_whole && last_ < held->last) tell_lost(held->last);
  return is_whole;
}

void KernelEvents::tell(decode::KernelMessage message) {
  if (message.kind == Kind::kUnreadable) ++counts_.rejected;
  if (message.kind == Kind::kOther || message.sequence <= last_) return;  // L1
  if (message.kind == Kind::kUnreadable) return tell_lost(message.sequence);
  if (message.sequence > last_ + 1) tell_lost(message.sequence - 1);
  ++counts_.received;
  last_ = message.sequence;
  complete(message.event);
  sink_.record(std::move(message.event));
}

// L3.
void KernelEvents::tell_lost(std::uint64_t up_to) {
  const std::uint64_t count = up_to - last_;
  counts_.lost += count;
  last_ = up_to;
  auto lost = event::events_lost("kernel", count, base::realtime_us());
  lost.details.set(key::kKernelSequence, up_to);
  sink_.record(std::move(lost));
}

// L6, L7.
void KernelEvents::complete(event::Event& event) const {
  if (event.group != event::Group::kStorage && event.group != event::Group::kFs) return;
  event::Device device = sysfs_.read_device(event.object);
  if (event::is_about_medium(event)) {
    const bool media_change = event.signal == event::signal::kMediaChange;
    device.size = sysfs_.size_at_uevent(event.object, media_change);
    event::set_device_details(event.details, device);
    event.details.set(key::kUeventSeqnum, known_.uevent_seqnum());
    return;
  }
  if (!device.subsystem.empty()) event.details.set_text(key::kSubsystem, device.subsystem);
  if (!device.node.empty()) event.details.set_text(key::kDeviceNode, device.node);
  if (device.number != event::DeviceNumber{}) {
    event.details.set(key::kDeviceNumber, device.number);
  }
}

}  // namespace kevent::source

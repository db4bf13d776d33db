// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/uevent_source.h"

#include <linux/netlink.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "lib/base/clock.h"
#include "lib/base/files.h"
#include "lib/base/logging.h"
#include "lib/event/medium.h"
#include "service/decode/device_differences.h"
#include "service/decode/removal.h"
#include "service/decode/uevent.h"
#include "service/sysfs/mount_objects.h"
#include "service/sysfs/udev_database.h"

namespace kevent::source {
namespace {

// Linux 6.12, lib/kobject_uevent.c: netlink_broadcast(..., 1, ...). udevd's own group is 2.
constexpr unsigned kKernelGroup = 1;
// Messages of one dispatch(): bounded, so that the bus gets its turn.
constexpr int kBatch = 256;
// How many messages compare() takes from the socket first.
constexpr int kMostBeforeComparing = 10000;
// A uevent takes its SEQNUM before it is sent, so one from before the start may arrive some
// microseconds after it. So long, or so many numbers later, it is called lost.
constexpr int kLateMs = 5;
constexpr std::uint64_t kLateNumbers = 64;

bool wait_for_input(int descriptor, int timeout_ms) {
  pollfd watched{descriptor, POLLIN, 0};
  return ::poll(&watched, 1, timeout_ms) > 0;
}

// Process 1 stands for the initial one. Who may not look at it is told nothing.
bool is_in_foreign_network_namespace() {
  const auto own = base::read_link("/proc/self/ns/net");
  const auto initial = base::read_link("/proc/1/ns/net");
  return own && initial && *own != *initial;
}

// Written to the object's `uevent` file: nothing happened to the device (Linux 6.12,
// lib/kobject_uevent.c, kobject_synth_uevent()).
bool is_synthetic(const event::Event& event) {
  const auto* environment = event.details.get<event::Environment>(event::key::kUevent);
  return environment != nullptr &&
         std::any_of(environment->begin(), environment->end(),
                     [](const auto& entry) { return entry.first == "SYNTH_UUID"; });
}

}  // namespace

std::optional<std::uint64_t> current_uevent_seqnum(const sysfs::Sysfs& sysfs) {
  const auto seqnum = sysfs.number("/kernel", "uevent_seqnum");
  return seqnum ? std::optional(static_cast<std::uint64_t>(*seqnum)) : std::nullopt;
}

base::Result<std::unique_ptr<UeventSource>> UeventSource::open(Sink& sink,
                                                               const event::KernelState& known,
                                                               const sysfs::Sysfs& sysfs,
                                                               KernelSpeaks kernel,
                                                               int buffer_size) {
  auto socket = NetlinkSocket::open(NETLINK_KOBJECT_UEVENT, {kKernelGroup}, buffer_size);
  if (!socket) return socket.error();
  return std::unique_ptr<UeventSource>(
      new UeventSource(sink, known, sysfs, kernel, std::move(socket).value()));
}

UeventSource::UeventSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                           KernelSpeaks kernel, NetlinkSocket socket)
    : sink_(sink), known_(known), sysfs_(sysfs), kernel_(kernel), socket_(std::move(socket)) {
  namespace signal = event::signal;
  status_.active = true;
  status_.kind = "kernel";
  status_.signals = {signal::kAdd,    signal::kRemove,   signal::kChange,   signal::kMove,
                     signal::kOnline, signal::kOffline,  signal::kBind,     signal::kUnbind,
                     signal::kResize, signal::kReadOnly, signal::kReadWrite};
  if (kernel_ == KernelSpeaks::kNo) {
    status_.signals.insert(status_.signals.end(), {signal::kMediaChange, signal::kEjectRequest});
  }
  status_.problem = socket_.problem();
  if (is_in_foreign_network_namespace()) {
    status_.problem = event::join_problems(
        status_.problem,
        "not in the initial network namespace: uevents of its network devices are not received");
  }
}

short UeventSource::poll_events() const {
  return POLLIN;
}

std::optional<event::Event> UeventSource::next() {
  using Outcome = NetlinkSocket::Outcome;
  const auto received = socket_.receive();
  switch (received.outcome) {
    case Outcome::kMessage: {
      auto uevent = decode::parse_uevent(received.message);
      if (!uevent) break;
      ++status_.received;
      std::optional<std::uint64_t> size;
      if (uevent->value("SUBSYSTEM") == "block" && uevent->action != event::signal::kRemove) {
        const bool media_change = uevent->value("DISK_MEDIA_CHANGE") == "1";
        size = sysfs_.size_at_uevent(uevent->device_path, media_change);
      }
      return decode::uevent_event(std::move(*uevent), size, base::realtime_us());
    }
    case Outcome::kTruncated:
      break;
    case Outcome::kForeign:
      ++status_.rejected;
      return std::nullopt;
    case Outcome::kOverrun:
      // A second overrun before the socket ran empty: what the first one cost is known by now.
      if (incomplete_) tell_drops(std::nullopt);
      incomplete_ = true;
      return std::nullopt;
    case Outcome::kFailed:
      failures_.failed("socket", received.error);
      reading_ = Reading::kFailed;
      return std::nullopt;
    case Outcome::kEmpty:
      failures_.succeeded("socket");
      reading_ = Reading::kEmpty;
      return std::nullopt;
  }
  ++status_.rejected;
  tell_lost(1, std::nullopt);  // E5
  return std::nullopt;
}

// E7.
void UeventSource::tell(event::Event event) {
  if (kernel_ == KernelSpeaks::kNo || !event::is_about_medium(event)) {
    record(std::move(event));
  } else {
    sink_.absorb_uevent(event::uevent_seqnum_of(event));
    sink_.refresh(event.object);
  }
}

// E8.
void UeventSource::record(event::Event event) {
  if (event.signal == event::signal::kRemove && !is_synthetic(event) &&
      event.details.text_bytes(event::key::kSubsystem) == "block") {
    sink_.catch_up_mounts();
    const auto stacked = sysfs::stacked_on(sysfs_, known_, event.object);
    auto loss = decode::removed_while_mounted(known_, event, stacked);
    if (loss) sink_.record(std::move(*loss));
  }
  sink_.record(std::move(event));
}

// Where the kernel does not say how many it dropped, that there may be some is told now, and how
// many by the next count.
void UeventSource::tell_drops(std::optional<std::uint64_t> up_to_seqnum) {
  if (const auto drops = socket_.new_drops()) return tell_lost(*drops, up_to_seqnum);
  ++status_.lost;
  sink_.record(event::events_lost(name(), 0, base::realtime_us()));
}

void UeventSource::tell_lost(std::uint64_t count, std::optional<std::uint64_t> up_to_seqnum) {
  if (count == 0) return;
  status_.lost += count;
  auto lost = event::events_lost(name(), count, base::realtime_us());
  if (up_to_seqnum) lost.details.set(event::key::kUeventSeqnum, *up_to_seqnum);
  sink_.record(std::move(lost));
}

void UeventSource::dispatch() {
  reading_ = Reading::kMore;
  // What was read already, the descriptor does not tell of.
  for (int i = 0; (i < kBatch || socket_.has_more()) && reading_ == Reading::kMore; ++i) {
    if (!sink_.wants_more()) break;  // whoever wants none now calls when it does
    if (auto event = next()) tell(std::move(*event));
  }
  recover();
}

// E2. Once the socket is empty the drop counter stands still: the kernel drops from the first
// message that does not fit until the queue has been emptied (Linux 6.12, net/netlink/af_netlink.c,
// NETLINK_S_CONGESTED). In a storm the next overrun comes while this one is mended: then the loop
// goes on, and unfinished() brings it back here.
void UeventSource::recover() {
  if (reading_ != Reading::kEmpty) return;
  if (!incomplete_) {
    if (sizes_due_ && sink_.catch_up()) compare();
    return;
  }
  incomplete_ = false;
  tell_drops(current_uevent_seqnum(sysfs_));
  compare();
}

// E3.
void UeventSource::start() {
  const std::uint64_t told = known_.uevent_seqnum();
  const std::set<std::uint64_t> skipped = known_.skipped_uevents();
  const auto current = current_uevent_seqnum(sysfs_);
  if (!current) sink_.record(event::events_lost(name(), 0, base::realtime_us()));
  std::uint64_t now = current.value_or(told);
  if (now > told || !skipped.empty()) {
    auto early = take_early_messages(now);
    if (std::exchange(incomplete_, false)) {
      // Dropped already: they are missing like those from before.
      now = current_uevent_seqnum(sysfs_).value_or(now);
      socket_.new_drops();
    }
    std::uint64_t missing = now - std::min(now, told) + skipped.size();
    for (const event::Event& event : early) {
      const std::uint64_t seqnum = event::uevent_seqnum_of(event);
      if ((seqnum > told && seqnum <= now) || skipped.contains(seqnum)) --missing;
    }
    tell_lost(missing, now);
    for (event::Event& event : early) tell(std::move(event));
  }
  compare();
  recover();
}

// What the socket holds at the start, until every number up to `seqnum` that can come has come.
std::vector<event::Event> UeventSource::take_early_messages(std::uint64_t seqnum) {
  std::vector<event::Event> events;
  do {
    for (reading_ = Reading::kMore; reading_ == Reading::kMore;) {
      auto event = next();
      if (!event) continue;
      const bool late_enough = event::uevent_seqnum_of(*event) > seqnum + kLateNumbers;
      events.push_back(std::move(*event));
      if (late_enough) return events;
    }
  } while (reading_ == Reading::kEmpty && wait_for_input(descriptor(), kLateMs));
  return events;
}

// Compares the devices that there are with those that were told. What happens meanwhile is in the
// socket: it is told first, and an object that it names is left out of the comparison. Where one of
// the two can't be read, another attempt is due.
void UeventSource::compare() {
  const auto enumerated = sysfs::enumerate_devices();
  std::set<std::string> named;
  sizes_due_ = !sink_.catch_up();
  reading_ = Reading::kMore;
  for (int i = 0; i < kMostBeforeComparing && reading_ == Reading::kMore; ++i) {
    if (auto event = next()) {
      named.insert(event->object);
      tell(std::move(*event));
    }
  }
  // LookupRetry has all of it compared again.
  if (!enumerated) sysfs_.failures().failed("devices", enumerated.error());
  if (reading_ == Reading::kFailed) incomplete_ = true;
  if (!enumerated || reading_ == Reading::kFailed) return;
  sysfs_.failures().succeeded("devices");

  event::KernelState::Devices found;
  for (const std::string& object : *enumerated) {
    if (named.contains(object)) continue;
    const std::uint64_t failures = sysfs_.failures().count();
    if (!sysfs_.exists(object)) continue;
    event::Device device = sysfs_.read_device(object);
    // The size of a new medium may still be that of the one before.
    const auto known = known_.devices().find(object);
    if (known != known_.devices().end() && !known->second.size) device.size.reset();
    if (sysfs_.failures().count() == failures) found.emplace(object, std::move(device));
  }
  for (const auto& [object, device] : known_.devices()) {
    // Not every object that emits is one that udev enumerates: queues of a network device are not.
    // What can't be looked at is not gone.
    const std::uint64_t failures = sysfs_.failures().count();
    if (named.contains(object) ||
        (!found.contains(object) &&
         (sysfs_.exists(object) || sysfs_.failures().count() != failures))) {
      found.insert_or_assign(object, device);
    } else if (const auto there = found.find(object); sizes_due_ && there != found.end()) {
      there->second.size = device.size;
    }
  }
  for (event::Event& event :
       decode::device_differences(known_.devices(), found, base::realtime_us())) {
    record(std::move(event));
  }
}

event::SourceStatus UeventSource::status() const {
  event::SourceStatus status = status_;
  status.problem = event::join_problems(status.problem, failures_.problem());
  return status;
}

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/thermal_source.h"

#include <linux/netlink.h>
#include <linux/thermal.h>
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/socket.h>
#include <poll.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "lib/base/clock.h"
#include "lib/base/logging.h"

namespace kevent::source {
namespace {

constexpr int kBufferSize = 1 << 20;
constexpr int kBatch = 64;

// The number of the family's event group; an error where the kernel has none.
base::Result<unsigned> thermal_group() {
  const std::unique_ptr<nl_sock, decltype(&nl_socket_free)> socket(nl_socket_alloc(),
                                                                   &nl_socket_free);
  if (!socket) return base::Error{ENOMEM, "resolve the thermal netlink family"};
  if (const int result = genl_connect(socket.get()); result < 0) {
    return base::Error{0, std::string("generic netlink: ") + nl_geterror(result)};
  }
  const int group =
      genl_ctrl_resolve_grp(socket.get(), THERMAL_GENL_FAMILY_NAME, THERMAL_GENL_EVENT_GROUP_NAME);
  if (group == -NLE_OBJ_NOTFOUND) {
    return base::Error{ENOENT, "the kernel has no thermal netlink (CONFIG_THERMAL_NETLINK)"};
  }
  if (group < 0) return base::Error{0, std::string("thermal netlink: ") + nl_geterror(group)};
  return static_cast<unsigned>(group);
}

std::string zone_object(const sysfs::Sysfs& sysfs, std::uint32_t id) {
  const std::string name = "thermal_zone" + std::to_string(id);
  return sysfs.resolve("/class/thermal/" + name).value_or("/devices/virtual/thermal/" + name);
}

// The kernel's events layer has processors overheat, too.
bool is_zone(const std::string& object) {
  return std::string_view(object).substr(object.rfind('/') + 1).starts_with("thermal_zone");
}

}  // namespace

ThermalZones::ThermalZones(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                           KernelSpeaks kernel)
    : sink_(sink), known_(known), sysfs_(sysfs), kernel_(kernel) {}

void ThermalZones::apply(const decode::ThermalNotice& notice) {
  using Kind = decode::ThermalNotice::Kind;
  if (kernel_ == KernelSpeaks::kYes) return apply_beside_kernel(notice);
  switch (notice.kind) {
    case Kind::kTripUp:
      return trip_up(zone_object(sysfs_, notice.id), notice);
    case Kind::kTripDown:
      return trip_down(zone_object(sysfs_, notice.id), notice);
    case Kind::kCoolingState:
      return refresh_cooling(notice.id);
    case Kind::kZoneCreated:
      return read_zone(zone_object(sysfs_, notice.id));
    case Kind::kZoneDeleted:
      return forget_zone(zone_object(sysfs_, notice.id));
  }
}

// H4.
void ThermalZones::apply_beside_kernel(const decode::ThermalNotice& notice) {
  using Kind = decode::ThermalNotice::Kind;
  if (notice.kind == Kind::kCoolingState) refresh_cooling(notice.id);
  if (notice.kind == Kind::kZoneDeleted) {
    sink_.catch_up();
    forget_zone(zone_object(sysfs_, notice.id));
  }
}

void ThermalZones::refresh_cooling(std::uint32_t id) {
  const auto object = sysfs_.resolve("/class/thermal/cooling_device" + std::to_string(id));
  if (object) sink_.refresh(*object);
}

void ThermalZones::trip_up(const std::string& object, const decode::ThermalNotice& notice) {
  for (const event::Trip& trip : sysfs_.trips(object)) {
    if (trip.index != notice.trip || !decode::trip_counts(trip)) continue;
    if (!crossed_[object].insert(trip.index).second) return;
    sink_.record(
        decode::overheating_event(object, trip, notice.temperature, false, base::realtime_us()));
  }
}

// H1.
void ThermalZones::trip_down(const std::string& object, const decode::ThermalNotice& notice) {
  const auto crossed = crossed_.find(object);
  if (crossed == crossed_.end()) return;
  crossed->second.erase(notice.trip);
  if (!crossed->second.empty()) return;
  crossed_.erase(crossed);
  if (known_.overheating().contains(object)) {
    sink_.record(decode::normal_event(object, notice.temperature, false, base::realtime_us()));
  }
}

bool ThermalZones::read_all() {
  if (!sink_.catch_up()) return false;
  const std::uint64_t failures = sysfs_.failures().count();
  const auto zones = sysfs_.thermal_objects("thermal_zone");
  // A zone that can't be looked at is not gone. LookupRetry has all of it read again.
  const bool is_listed = sysfs_.failures().count() == failures;
  for (const std::string& zone : zones) {
    if (kernel_ == KernelSpeaks::kNo) {
      read_zone(zone);
    } else if (known_.kernel_missed()) {
      compare_zone(zone);
    }
  }
  if (sysfs_.failures().count() == failures) sink_.kernel_compared();
  const auto told = known_.overheating();
  for (const std::string& object : told) {
    if (!is_zone(object) || !is_listed) continue;
    if (std::find(zones.begin(), zones.end(), object) == zones.end()) forget_zone(object);
  }
  return true;
}

// A zone that was told as overheating and is gone will not say `normal` any more.
void ThermalZones::forget_zone(const std::string& object) {
  crossed_.erase(object);
  if (!known_.overheating().contains(object)) return;
  sink_.record(decode::normal_event(object, std::nullopt, true, base::realtime_us()));
}

void ThermalZones::read_zone(const std::string& object) {
  const auto temperature = sysfs_.number(object, "temp");
  if (!temperature) return;
  const auto now = static_cast<std::int32_t>(*temperature);
  const std::uint64_t failures = sysfs_.failures().count();
  const auto trips = sysfs_.trips(object);
  if (sysfs_.failures().count() != failures) return;
  std::set<std::uint32_t>& crossed = crossed_[object];
  // What is crossed and yet not known was told in vain.
  const bool told = known_.overheating().contains(object);
  const auto before = told ? crossed : std::set<std::uint32_t>();
  crossed.clear();
  // Told by the service before this one: it did not say which trip.
  const bool told_before = told && before.empty();
  for (const event::Trip& trip : trips) {
    if (!decode::trip_counts(trip) || now < trip.temperature) continue;
    crossed.insert(trip.index);
    if (!told_before && !before.contains(trip.index)) {
      sink_.record(decode::overheating_event(object, trip, now, true, base::realtime_us()));
    }
  }
  if (!crossed.empty()) return;
  crossed_.erase(object);
  if (known_.overheating().contains(object)) {
    sink_.record(decode::normal_event(object, now, true, base::realtime_us()));
  }
}

// H5.
void ThermalZones::compare_zone(const std::string& object) {
  const auto temperature = sysfs_.number(object, "temp");
  if (!temperature) return;
  const auto now = static_cast<std::int32_t>(*temperature);
  const bool told = known_.overheating().contains(object);
  bool is_held = false;
  const std::uint64_t failures = sysfs_.failures().count();
  const auto trips = sysfs_.trips(object);
  if (sysfs_.failures().count() != failures) return;
  for (const event::Trip& trip : trips) {
    if (!decode::trip_counts_for_kernel(trip)) continue;
    is_held = is_held || now >= std::int64_t{trip.temperature} - trip.hysteresis;
    if (!told && trip.temperature > 0 && now >= trip.temperature) {
      sink_.record(decode::overheating_event(object, trip, now, true, base::realtime_us()));
    }
  }
  if (told && !is_held) {
    sink_.record(decode::normal_event(object, now, true, base::realtime_us()));
  }
}

base::Result<std::unique_ptr<ThermalSource>> ThermalSource::open(Sink& sink,
                                                                 const event::KernelState& known,
                                                                 const sysfs::Sysfs& sysfs,
                                                                 KernelSpeaks kernel) {
  const auto group = thermal_group();
  if (!group) return group.error();
  auto socket = NetlinkSocket::open(NETLINK_GENERIC, {*group}, kBufferSize);
  if (!socket) return socket.error();
  return std::unique_ptr<ThermalSource>(
      new ThermalSource(sink, known, sysfs, kernel, std::move(socket).value()));
}

ThermalSource::ThermalSource(Sink& sink, const event::KernelState& known, const sysfs::Sysfs& sysfs,
                             KernelSpeaks kernel, NetlinkSocket socket)
    : sink_(sink), socket_(std::move(socket)), zones_(sink, known, sysfs, kernel) {
  status_.active = true;
  status_.kind = "netlink";
  if (kernel == KernelSpeaks::kNo) {
    status_.signals = {event::signal::kOverheating, event::signal::kNormal};
  }
}

short ThermalSource::poll_events() const {
  return POLLIN;
}

void ThermalSource::dispatch() {
  using Outcome = NetlinkSocket::Outcome;
  for (int i = 0; i < kBatch || socket_.has_more(); ++i) {
    const auto received = socket_.receive();
    switch (received.outcome) {
      case Outcome::kMessage:
        take(received.message);
        break;
      case Outcome::kForeign:
      case Outcome::kTruncated:
        ++status_.rejected;
        break;
      case Outcome::kOverrun:
        overrun_ = true;
        break;
      case Outcome::kFailed:
        failures_.failed("socket", received.error);
        return;
      case Outcome::kEmpty:
        failures_.succeeded("socket");
        if (overrun_) {
          recover();
        } else if (incomplete_) {
          start();
        }
        return;
    }
  }
}

// A datagram may hold several netlink messages.
void ThermalSource::take(std::string_view message) {
  while (message.size() >= NLMSG_HDRLEN) {
    nlmsghdr header;
    std::memcpy(&header, message.data(), sizeof header);
    if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > message.size()) break;
    const auto payload =
        std::as_bytes(std::span(message.substr(NLMSG_HDRLEN, header.nlmsg_len - NLMSG_HDRLEN)));
    // The family has notices that are none of ours (samples of temperatures, governors).
    if (const auto notice = decode::parse_thermal_notice(payload)) {
      ++status_.received;
      zones_.apply(*notice);
    }
    message.remove_prefix(std::min<std::size_t>(message.size(), NLMSG_ALIGN(header.nlmsg_len)));
  }
}

void ThermalSource::recover() {
  overrun_ = false;
  const auto drops = socket_.new_drops();
  status_.lost += drops.value_or(1);
  // Where the kernel does not say how many, there may be some: the next count has them.
  if (drops != 0u) sink_.record(event::events_lost(name(), drops.value_or(0), base::realtime_us()));
  start();
}

}  // namespace kevent::source

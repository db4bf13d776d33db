// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/snapshot.h"

#include <array>
#include <cstring>
#include <span>

#include "lib/event/event.h"
#include "service/log/checksum.h"
#include "service/log/record.h"

namespace kevent::log {
namespace {

using event::Event;
using event::Group;

constexpr std::array<char, 8> kMagic = {'k', 'e', 'v', 's', 't', 'a', 't', 'e'};
constexpr std::uint32_t kVersion = 4;

// Then `count` events, each with its length in 32 bits before it.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t checksum = 0;  // of the header with 0 here, then of all that follows it
  std::array<char, 32> log_id{};
  std::uint64_t sequence = 0;
  std::uint64_t uevent_seqnum = 0;
  std::uint64_t kernel_sequence = 0;
  event::KernelBootId kernel_boot_id{};
  std::uint64_t kernel_missed = 0;  // 0 or 1
  std::uint64_t count = 0;
};
static_assert(sizeof(Header) == 104);

std::uint32_t checksum_of(Header header, std::string_view body) {
  header.checksum = 0;
  return crc32c(std::as_bytes(std::span(body)), crc32c(std::as_bytes(std::span(&header, 1))));
}

class Body {
 public:
  void add(const Event& event) {
    const std::size_t start = bytes_.size();
    bytes_.append(sizeof(std::uint32_t), '\0');
    encode_event(event, event.sequence, bytes_);
    const auto length = static_cast<std::uint32_t>(bytes_.size() - start - sizeof(std::uint32_t));
    std::memcpy(bytes_.data() + start, &length, sizeof length);
    ++count_;
  }

  const std::string& bytes() const { return bytes_; }
  std::uint64_t count() const { return count_; }

 private:
  std::string bytes_;
  std::uint64_t count_ = 0;
};

Event state_event(Group group, std::string_view signal, const std::string& object) {
  Event event;
  event.group = group;
  event.signal = signal;
  event.object = object;
  return event;
}

void add_devices(const event::KernelState::Devices& devices, Body& body) {
  for (const auto& [object, device] : devices) {
    Event event = state_event(Group::kHotplug, event::signal::kAdd, object);
    event::set_device_details(event.details, device);
    body.add(event);
    // The size of a new medium that is not known yet.
    if (!device.size) body.add(state_event(Group::kStorage, event::signal::kMediaChange, object));
  }
}

void add_mounts(const event::KernelState::Mounts& mounts, Body& body) {
  for (const auto& [id, mount] : mounts) {
    for (const std::string& object : mount.objects) {
      Event event = state_event(Group::kFs, event::signal::kMount, object);
      event::set_mount_details(event.details, mount);
      body.add(event);
    }
  }
}

bool apply_body(std::string_view body, std::uint64_t count, event::KernelState& state) {
  for (; count > 0; --count) {
    std::uint32_t length = 0;
    if (body.size() < sizeof length) return false;
    std::memcpy(&length, body.data(), sizeof length);
    body.remove_prefix(sizeof length);
    if (body.size() < length) return false;
    const auto event = decode_event(std::as_bytes(std::span(body.substr(0, length))));
    if (!event) return false;
    state.apply(*event);
    body.remove_prefix(length);
  }
  return body.empty();
}

}  // namespace

std::string encode_snapshot(std::string_view log_id, std::uint64_t sequence,
                            const event::KernelState& state) {
  Body body;
  add_devices(state.devices(), body);
  add_mounts(state.mounts(), body);
  for (const std::string& zone : state.overheating()) {
    body.add(state_event(Group::kPower, event::signal::kOverheating, zone));
  }

  Header header;
  log_id.copy(header.log_id.data(), header.log_id.size());
  header.sequence = sequence;
  header.uevent_seqnum = state.uevent_seqnum();
  header.kernel_sequence = state.kernel_sequence();
  header.kernel_boot_id = state.kernel_boot_id();
  header.kernel_missed = state.kernel_missed() ? 1 : 0;
  header.count = body.count();
  header.checksum = checksum_of(header, body.bytes());
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes + body.bytes();
}

std::optional<Snapshot> decode_snapshot(std::string_view bytes) {
  Header header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  bytes.remove_prefix(sizeof header);
  if (header.magic != kMagic || header.version != kVersion ||
      header.checksum != checksum_of(header, bytes)) {
    return std::nullopt;
  }
  Snapshot snapshot;
  snapshot.log_id.assign(header.log_id.data(), header.log_id.size());
  snapshot.sequence = header.sequence;
  if (!apply_body(bytes, header.count, snapshot.state)) return std::nullopt;
  snapshot.state.set_uevent_seqnum(header.uevent_seqnum);
  snapshot.state.set_kernel_sequence(header.kernel_sequence);
  snapshot.state.set_kernel_boot_id(header.kernel_boot_id);
  snapshot.state.set_kernel_missed(header.kernel_missed != 0);
  return snapshot;
}

}  // namespace kevent::log

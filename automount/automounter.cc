// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/automounter.h"

#include <sys/sysmacros.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "automount/decision.h"

namespace kevent::automount {
namespace {

using event::Event;
using Kind = Request::Kind;

constexpr std::string_view kUdisksError = "org.freedesktop.UDisks2.Error.";
constexpr std::string_view kDBusError = "org.freedesktop.DBus.Error.";

bool is_udisks_error(const Answer& answer, std::string_view name) {
  return answer.error.starts_with(kUdisksError) &&
         std::string_view(answer.error).substr(kUdisksError.size()).starts_with(name);
}

// Whoever was asked is no longer there: Absent tells that, too.
bool says_nobody_answers(const Answer& answer) {
  for (const std::string_view name : {"NoReply", "ServiceUnknown", "NameHasNoOwner"}) {
    if (answer.error.starts_with(kDBusError) &&
        std::string_view(answer.error).substr(kDBusError.size()) == name)
      return true;
  }
  return false;
}

std::string reason_of(const Answer& answer, const std::string& what) {
  if (is_udisks_error(answer, "NotAuthorized")) return what + ": polkit does not allow it";
  return what + ": " + (answer.text.empty() ? answer.error : answer.text);
}

std::optional<std::uint64_t> block_number(const Event& event) {
  const auto* subsystem = event.details.get<std::string>(event::key::kSubsystem);
  const auto* number = event.details.get<event::DeviceNumber>(event::key::kDeviceNumber);
  if (subsystem == nullptr || *subsystem != "block" || number == nullptr) return std::nullopt;
  return makedev(number->major, number->minor);
}

bool is_synthesized(const Event& event) {
  const auto* synthesized = event.details.get<bool>(event::key::kSynthesized);
  return synthesized != nullptr && *synthesized;
}

bool is_in_same_drive(const BlockDevice& one, const BlockDevice& other) {
  if (one.object == other.object || other.table == one.object) return true;
  return !one.drive.empty() && one.drive == other.drive;
}

std::string rule_text(const Ruling& ruling) {
  return "by the rule [" + ruling.rule + "]";
}

}  // namespace

void Automounter::follows(Time now) {
  stop_waiting_for_sizes();
  want_everything(now);
}

void Automounter::happened(const client::Item& item, Time now) {
  const auto* event = std::get_if<Event>(&item);
  if (event == nullptr || event::is_events_lost(*event)) return follows(now);
  if (const auto number = block_number(*event)) block_event(*event, *number, now);
}

void Automounter::said(const Word& word, Time now) {
  std::visit([&](const auto& kind) { hear(kind, now); }, word);
}

void Automounter::passed(Time now) {
  for (auto& [number, device] : devices_) {
    if (!device.outdated_until || now < *device.outdated_until) continue;
    device.outdated_until.reset();
    look_at(device, now);
  }
}

std::optional<Automounter::Time> Automounter::next() const {
  std::optional<Time> earliest;
  for (const auto& [number, device] : devices_) {
    const auto& until = device.outdated_until;
    if (until && (!earliest || *until < *earliest)) earliest = until;
  }
  return earliest;
}

std::vector<Request> Automounter::take_requests() {
  return std::exchange(requests_, {});
}

std::vector<Notice> Automounter::take_notices() {
  return std::exchange(notices_, {});
}

void Automounter::block_event(const Event& event, std::uint64_t number, Time now) {
  namespace signal = event::signal;
  const bool is_remove = event.signal == signal::kRemove;
  const bool is_media_change = event.signal == signal::kMediaChange;
  const bool is_add = event.signal == signal::kAdd;
  Device& device = devices_[number];
  if (event.signal == signal::kEjectRequest && device.block) return eject(*device.block);
  if (event.signal == signal::kRemovedWhileMounted) return removed_while_mounted(event, device);
  if (is_media_change) return media_change(event, device, now);
  if (is_add || is_remove) {
    device.had_turn.reset();
    device.size_awaited = false;
  }
  if (is_add) {
    device.removed_while_mounted = false;
    device.last = {};
  }
  if (is_remove) {
    if (device.block && !is_synthesized(event)) device.outdated_until = now + kOutdatedFor;
    device.wanted_until = {};
  }
  if (is_add || event.signal == signal::kChange) want(device, now);
}

void Automounter::media_change(const Event& event, Device& device, Time now) {
  const auto* size = event.details.get<std::uint64_t>(event::key::kSize);
  const bool was_awaited = std::exchange(device.size_awaited, size == nullptr);
  const bool is_same_change = was_awaited && size != nullptr;
  if (!is_same_change) {
    device.had_turn.reset();
    if (device.block && !is_synthesized(event)) device.outdated_until = now + kOutdatedFor;
  }
  if (size != nullptr && *size == 0) {
    device.wanted_until = {};
  } else {
    want(device, now);
  }
}

void Automounter::removed_while_mounted(const Event& event, Device& device) {
  device.mounting.reset();
  device.how.clear();
  device.removed_while_mounted = true;
  BlockDevice block = device.block.value_or(device.last);
  std::erase_if(ejections_,
                [&](const Ejection& ejection) { return is_in_same_drive(ejection.device, block); });
  if (!block.hint_auto) return;
  const auto* mount_points = event.details.get<event::Texts>(event::key::kMountPoints);
  if (block.mount_points.empty() && mount_points != nullptr) block.mount_points = *mount_points;
  const auto* read_only = event.details.get<bool>(event::key::kReadOnly);
  tell(Notice::Kind::kRemovedWhileMounted, block,
       read_only != nullptr && *read_only ? "it was read-only, so no data is lost"
                                          : "data not yet written to it is lost");
}

void Automounter::want(Device& device, Time now) {
  device.wanted_until = now + kWantedFor;
  look_at(device, now);
  if (!present_) request(Kind::kLook, {});
}

void Automounter::stop_waiting_for_sizes() {
  for (auto& [number, device] : devices_) device.size_awaited = false;
}

void Automounter::want_everything(Time now) {
  everything_wanted_until_ = now + kWantedFor;
  for (auto& [number, device] : devices_) look_at(device, now);
}

void Automounter::look_at(Device& device, Time now) {
  if (!present_ || !device.block || device.outdated_until || device.size_awaited) return;
  const BlockDevice block = *device.block;
  const Ruling ruling = rules_.ruling(block);
  const Decision decision = decide(block, ruling.action, device.had_turn == medium_of(block));
  if (decision == Decision::kHasHadItsTurn) device.had_turn = medium_of(block);
  if (now >= std::max(device.wanted_until, everything_wanted_until_)) return;
  switch (decision) {
    case Decision::kNothing:
    case Decision::kHasHadItsTurn:
      return;
    case Decision::kIgnore:
      tell(Notice::Kind::kIgnored, block, rule_text(ruling));
      break;
    case Decision::kTellLocked:
      tell(Notice::Kind::kLocked, block, "it is encrypted, and has to be unlocked first");
      break;
    case Decision::kMount:
      mount(device, Kind::kMount);
      break;
    case Decision::kMountReadOnly:
      mount(device, Kind::kMountReadOnly, "read-only, " + rule_text(ruling));
      break;
  }
  device.had_turn = medium_of(block);
}

void Automounter::mount(Device& device, Kind kind, const std::string& how) {
  device.mounting = device.block;
  device.how = how;
  request(kind, device.block->object);
}

void Automounter::hear(const Present& word, Time now) {
  for (const BlockDevice& block : word.devices) {
    update(block);
    devices_[block.number].outdated_until.reset();
  }
  const auto is_listed = [&](const BlockDevice& known) {
    return std::any_of(word.devices.begin(), word.devices.end(),
                       [&](const BlockDevice& listed) { return listed.object == known.object; });
  };
  for (const auto& [number, device] : std::map(devices_)) {
    if (device.block && !is_listed(*device.block)) hear(Removed{device.block->object}, now);
  }
  present_ = true;
  looked_ = true;
  want_everything(now);
}

void Automounter::hear(const Absent&, Time) {
  present_ = false;
  for (auto& [number, device] : devices_) {
    if (std::exchange(device.mounting, std::nullopt)) device.had_turn.reset();
  }
  for (const Ejection& ejection : std::exchange(ejections_, {})) {
    tell(Notice::Kind::kFailed, ejection.device, "not ejected: udisks2 went away over it");
  }
}

void Automounter::hear(const Changed& word, Time now) {
  update(word.device);
  Device& device = devices_[word.device.number];
  if (word.about_medium) device.outdated_until.reset();
  look_at(device, now);
}

void Automounter::hear(const Removed& word, Time) {
  Device* device = find(word.object);
  if (device == nullptr) return;
  const BlockDevice block = *std::exchange(device->block, std::nullopt);
  device->last = block;
  device->outdated_until.reset();
  if (block.hint_auto && !block.mount_points.empty() && !device->removed_while_mounted) {
    tell(Notice::Kind::kUnmounted, block, "the device was removed");
  }
}

void Automounter::hear(const Answer& word, Time) {
  if (says_nobody_answers(word)) return;
  switch (word.request.kind) {
    case Kind::kLook:
      return;
    case Kind::kMount:
    case Kind::kMountReadOnly:
      return mount_answered(word);
    case Kind::kUnmount:
      return unmount_answered(word);
    case Kind::kEject:
      return eject_answered(word);
  }
}

// What was mounted when this program began is no news. udisks2 may say that a device is mounted
// long before it answers who asked for that: with it the question is settled.
void Automounter::update(const BlockDevice& block) {
  Device& device = devices_[block.number];
  const BlockDevice before = std::exchange(device.block, block).value_or(BlockDevice());
  const bool was_mounted = before.mount_points.empty() && !block.mount_points.empty();
  const bool was_unmounted = !before.mount_points.empty() && block.mount_points.empty();
  if (!block.mount_points.empty()) device.mounting.reset();
  if (was_mounted) device.removed_while_mounted = false;
  if (!looked_) return;
  if (block.hint_auto && was_mounted) {
    tell(Notice::Kind::kMounted, block, std::exchange(device.how, {}));
  }
  if (before.hint_auto && was_unmounted && !device.removed_while_mounted) {
    tell(Notice::Kind::kUnmounted, before);
  }
}

void Automounter::mount_answered(const Answer& answer) {
  const auto found = std::find_if(devices_.begin(), devices_.end(), [&](const auto& entry) {
    return entry.second.mounting && entry.second.mounting->object == answer.request.object;
  });
  if (found == devices_.end()) return;
  Device& device = found->second;
  const BlockDevice asked = *std::exchange(device.mounting, std::nullopt);
  if (answer.error.empty()) return;
  device.how.clear();
  if (is_udisks_error(answer, "AlreadyMounted")) return;
  const bool same_medium = device.block && device.had_turn == medium_of(asked);
  tell(Notice::Kind::kFailed, asked,
       same_medium ? reason_of(answer, "not mounted, nor tried again until the medium changes")
                   : "it went away while it was being mounted");
}

void Automounter::eject(const BlockDevice& device) {
  if (!present_) return tell(Notice::Kind::kFailed, device, "not ejected: udisks2 is away");
  for (const Ejection& ejection : ejections_) {
    if (is_in_same_drive(ejection.device, device)) return;
  }
  Ejection ejection{.device = device, .unmounts = {}};
  for (auto& [number, other] : devices_) {
    if (!other.block || !is_in_same_drive(device, *other.block)) continue;
    other.had_turn = medium_of(*other.block);
    if (other.block->mount_points.empty()) continue;
    ejection.unmounts.insert(other.block->object);
    request(Kind::kUnmount, other.block->object);
  }
  ejections_.push_back(std::move(ejection));
  go_on(ejections_.back());
}

void Automounter::go_on(Ejection& ejection) {
  if (!ejection.unmounts.empty()) return;
  if (!ejection.device.drive.empty()) return request(Kind::kEject, ejection.device.drive);
  std::erase_if(ejections_, [&](const Ejection& other) { return &other == &ejection; });
}

void Automounter::unmount_answered(const Answer& answer) {
  const auto ejection = std::find_if(ejections_.begin(), ejections_.end(), [&](const auto& each) {
    return each.unmounts.contains(answer.request.object);
  });
  if (ejection == ejections_.end()) return;
  if (answer.error.empty() || is_udisks_error(answer, "NotMounted")) {
    ejection->unmounts.erase(answer.request.object);
    return go_on(*ejection);
  }
  const Device* device = find(answer.request.object);
  tell(Notice::Kind::kFailed, device == nullptr ? ejection->device : *device->block,
       reason_of(answer, "not ejected, since it cannot be unmounted"));
  ejections_.erase(ejection);
}

void Automounter::eject_answered(const Answer& answer) {
  const auto ejection = std::find_if(ejections_.begin(), ejections_.end(), [&](const auto& each) {
    return each.device.drive == answer.request.object;
  });
  if (ejection == ejections_.end()) return;
  BlockDevice device = ejection->device;
  device.mount_points.clear();
  ejections_.erase(ejection);
  if (answer.error.empty()) return tell(Notice::Kind::kEjected, device);
  tell(Notice::Kind::kFailed, device, reason_of(answer, "not ejected"));
}

Automounter::Device* Automounter::find(const std::string& object) {
  const auto found = std::find_if(devices_.begin(), devices_.end(), [&](const auto& entry) {
    return entry.second.block && entry.second.block->object == object;
  });
  return found == devices_.end() ? nullptr : &found->second;
}

void Automounter::tell(Notice::Kind kind, const BlockDevice& device, std::string reason) {
  notices_.push_back({kind, device, std::move(reason)});
}

void Automounter::request(Kind kind, std::string object) {
  requests_.push_back({kind, std::move(object)});
}

}  // namespace kevent::automount

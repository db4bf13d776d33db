// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/mount_differences.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "lib/event/object_path.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;

using Mount = event::Mount;
using Objects = std::vector<std::string>;

std::vector<const Mount*> sorted_by_id(const std::vector<Mount>& mounts) {
  std::vector<const Mount*> sorted;
  sorted.reserve(mounts.size());
  for (const Mount& mount : mounts) sorted.push_back(&mount);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Mount* a, const Mount* b) { return a->id < b->id; });
  // The last one of an id is the first one when looking from behind.
  const auto kept = std::unique(sorted.rbegin(), sorted.rend(),
                                [](const Mount* a, const Mount* b) { return a->id == b->id; });
  sorted.erase(sorted.begin(), kept.base());
  return sorted;
}

bool is_same(const Mount& before, const Mount& after) {
  return before.device == after.device && before.root == after.root &&
         before.file_system == after.file_system;
}

struct Changes {
  std::vector<const Mount*> gone;
  std::vector<std::pair<const Mount*, const Mount*>> changed;  // before, after
  std::vector<const Mount*> fresh;

  // M1 and M2, of two that have the same id.
  void add(const Mount& before, const Mount& after) {
    if (!is_same(before, after)) {
      gone.push_back(&before);
      fresh.push_back(&after);
    } else if (before.mount_point != after.mount_point || before.options != after.options) {
      changed.emplace_back(&before, &after);
    }
  }
};

// Both tables are sorted by id, so one walk along both sees everything.
Changes compare(const event::KernelState::Mounts& known, const std::vector<const Mount*>& found) {
  Changes changes;
  auto before = known.begin();
  auto after = found.begin();
  while (before != known.end() || after != found.end()) {
    if (after == found.end() || (before != known.end() && before->first < (*after)->id)) {
      changes.gone.push_back(&before++->second);
    } else if (before == known.end() || (*after)->id < before->first) {
      changes.fresh.push_back(*after++);
    } else {
      changes.add(before++->second, **after++);
    }
  }
  return changes;
}

std::string file_system_object(const Mount& mount) {
  if (mount.unseen()) return "/fs";
  std::string object = "/fs/" + mount.file_system;
  return event::is_kernel_path(object) ? object : "/fs";
}

// Makes the events one after the other and counts along (M4).
class Narrator {
 public:
  Narrator(const event::KernelState& known, bool synthesized, std::uint64_t time_us)
      : known_(known), synthesized_(synthesized), time_us_(time_us) {}

  void umount(const Mount& mount) {
    --left(mount.device);
    tell(signal::kUmount, priority::kNotice, mount, mount.objects, std::nullopt);
  }

  void remount(const Mount& before, const Mount& after) {
    std::optional<std::string_view> old_mount_point;
    if (before.mount_point != after.mount_point) old_mount_point = before.mount_point;
    tell(signal::kRemount, priority::kDebug, after, before.objects, old_mount_point);
  }

  void mount(const Mount& mount, const Objects& objects) {
    ++left(mount.device);
    tell(signal::kMount, priority::kNotice, mount, objects, std::nullopt);
  }

  std::vector<event::Event> take() { return std::move(events_); }

 private:
  std::uint32_t& left(event::DeviceNumber device) {
    return left_.try_emplace(device, known_.mount_count(device)).first->second;
  }

  // M5.
  void tell(std::string_view signal, std::uint8_t priority, const Mount& mount,
            const Objects& objects, std::optional<std::string_view> old_mount_point) {
    event::Event event;
    event.time_us = time_us_;
    event.group = event::Group::kFs;
    event.priority = priority;
    event.signal = signal;
    event.details.set(key::kSource, std::string("mount"));
    event::set_mount_details(event.details, mount);
    if (!mount.unseen()) event.details.set(key::kMounts, left(mount.device));
    if (old_mount_point) event.details.set_text(key::kOldMountPoint, *old_mount_point);
    if (synthesized_) event.details.set(key::kSynthesized, true);
    for (const std::string& object : objects) {
      event.object = object;
      events_.push_back(event);
    }
  }

  const event::KernelState& known_;
  const bool synthesized_;
  const std::uint64_t time_us_;
  std::map<event::DeviceNumber, std::uint32_t> left_;
  std::vector<event::Event> events_;
};

std::vector<event::Event> narrate(const Changes& changes, const event::KernelState& known,
                                  const MountObjects& objects, bool synthesized,
                                  std::uint64_t time_us) {
  Narrator narrator(known, synthesized, time_us);
  for (const Mount* mount : changes.gone) narrator.umount(*mount);
  for (const auto& [before, after] : changes.changed) narrator.remount(*before, *after);
  for (const Mount* mount : changes.fresh) {
    const auto emitters = mount->unseen() ? Objects{} : objects(*mount);
    if (!emitters) continue;
    narrator.mount(*mount, emitters->empty() ? Objects{file_system_object(*mount)} : *emitters);
  }
  return narrator.take();
}

}  // namespace

std::vector<event::Event> mount_differences(const event::KernelState& known,
                                            const std::vector<Mount>& found,
                                            const MountObjects& objects, bool synthesized,
                                            std::uint64_t time_us) {
  return narrate(compare(known.mounts(), sorted_by_id(found)), known, objects, synthesized,
                 time_us);
}

std::vector<event::Event> mount_found(const event::KernelState& known, const Mount& found,
                                      const MountObjects& objects, std::uint64_t time_us) {
  Changes changes;
  const auto before = known.mounts().find(found.id);
  if (before == known.mounts().end()) {
    changes.fresh.push_back(&found);
  } else {
    changes.add(before->second, found);
  }
  return narrate(changes, known, objects, false, time_us);
}

std::vector<event::Event> mount_gone(const event::KernelState& known, std::uint64_t id,
                                     std::uint64_t time_us) {
  Changes changes;
  if (const auto before = known.mounts().find(id); before != known.mounts().end()) {
    changes.gone.push_back(&before->second);
  }
  return narrate(changes, known, {}, false, time_us);
}

}  // namespace kevent::decode

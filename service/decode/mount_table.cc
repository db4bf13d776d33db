// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/mount_table.h"

#include <libmount/libmount.h>
#include <stdio.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "service/event/object_path.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;

using Table = std::unique_ptr<libmnt_table, decltype(&mnt_unref_table)>;
using Iterator = std::unique_ptr<libmnt_iter, decltype(&mnt_free_iter)>;
using Stream = std::unique_ptr<FILE, decltype(&fclose)>;
using Mount = event::Mount;
using Objects = std::vector<std::string>;

// libmount guesses from the first line what kind of table it reads. This one is mountinfo for sure,
// so a broken first line spoils nothing but itself; the mount with this id is left out.
constexpr std::string_view kFirstLine = "-1 0 0:0 / / rw - none none rw\n";

// Null is the lack of memory, which ends this program here as it does everywhere.
template <typename T>
T* allocated(T* object) {
  if (object == nullptr) throw std::bad_alloc();
  return object;
}

Table parse_lines(std::string_view mountinfo) {
  std::string text(kFirstLine);
  text.append(mountinfo).append("\n");
  Table table(allocated(mnt_new_table()), &mnt_unref_table);
  const Stream stream(allocated(fmemopen(text.data(), text.size(), "r")), &fclose);
  // No file name: libmount would look for a process in it. Lines that it can't take it passes over.
  mnt_table_parse_stream(table.get(), stream.get(), "");
  return table;
}

std::uint64_t count_lines(std::string_view text) {
  std::uint64_t lines = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    lines += length > 0 ? 1 : 0;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return lines;
}

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

Mount mount_of(libmnt_fs* entry) {
  Mount mount;
  mount.id = static_cast<std::uint64_t>(mnt_fs_get_id(entry));
  const dev_t device = mnt_fs_get_devno(entry);
  mount.device = {major(device), minor(device)};
  mount.root = text_or_empty(mnt_fs_get_root(entry));
  // Linux 6.12, fs/d_path.c: dentry_path(). No name holds a '/', so no other root ends like this.
  constexpr std::string_view kDeleted = "//deleted";
  if (mount.root.ends_with(kDeleted)) mount.root.resize(mount.root.size() - kDeleted.size());
  mount.mount_point = text_or_empty(mnt_fs_get_target(entry));
  mount.file_system = text_or_empty(mnt_fs_get_fstype(entry));
  mount.source = text_or_empty(mnt_fs_get_source(entry));
  mount.options = text_or_empty(mnt_fs_get_options(entry));
  return mount;
}

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
};

// M1 and M2. Both tables are sorted by id, so one walk along both sees everything.
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
      const Mount* old = &before++->second;
      const Mount* now = *after++;
      if (!is_same(*old, *now)) {
        changes.gone.push_back(old);
        changes.fresh.push_back(now);
      } else if (old->mount_point != now->mount_point || old->options != now->options) {
        changes.changed.emplace_back(old, now);
      }
    }
  }
  return changes;
}

std::string file_system_object(const Mount& mount) {
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
    event.details.set(key::kMounts, left(mount.device));
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

}  // namespace

MountTable parse_mount_table(std::string_view mountinfo) {
  const Table table = parse_lines(mountinfo);
  const Iterator iterator(allocated(mnt_new_iter(MNT_ITER_FORWARD)), &mnt_free_iter);
  MountTable found;
  libmnt_fs* entry = nullptr;
  while (mnt_table_next_fs(table.get(), iterator.get(), &entry) == 0) {
    if (mnt_fs_get_id(entry) >= 0) found.mounts.push_back(mount_of(entry));
  }
  found.rejected = count_lines(mountinfo) - found.mounts.size();
  return found;
}

std::vector<event::Event> mount_differences(const event::KernelState& known,
                                            const MountTable& found, const MountObjects& objects,
                                            bool synthesized, std::uint64_t time_us) {
  const Changes changes = compare(known.mounts(), sorted_by_id(found.mounts));
  Narrator narrator(known, synthesized, time_us);
  for (const Mount* mount : changes.gone) narrator.umount(*mount);
  for (const auto& [before, after] : changes.changed) narrator.remount(*before, *after);
  for (const Mount* mount : changes.fresh) {
    const Objects speakers = objects(*mount);
    narrator.mount(*mount, speakers.empty() ? Objects{file_system_object(*mount)} : speakers);
  }
  return narrator.take();
}

}  // namespace kevent::decode

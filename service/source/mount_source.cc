// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_source.h"

#include <libmount.h>
#include <poll.h>

#include <algorithm>

#include "service/base/clock.h"
#include "service/base/files.h"
#include "service/base/logging.h"
#include "service/decode/mount_table.h"

namespace kevent::source {
namespace {

constexpr char kMountTable[] = "/proc/self/mountinfo";

// The devices of the btrfs of which `device` is one; nothing when it belongs to none.
// /sys/fs/btrfs/UUID/devices has a link to each.
std::vector<std::string> btrfs_members(const Sysfs& sysfs, const std::string& device) {
  const std::string kernel_name = device.substr(device.rfind('/') + 1);
  for (const std::string& uuid : sysfs.names("/fs/btrfs")) {
    const std::string folder = "/fs/btrfs/" + uuid + "/devices";
    if (!sysfs.exists(folder + "/" + kernel_name)) continue;
    std::vector<std::string> members;
    for (const std::string& name : sysfs.names(folder)) {
      if (auto member = sysfs.resolve(folder + "/" + name)) {
        members.push_back(std::move(*member));
      }
    }
    return members;
  }
  return {};
}

}  // namespace

std::vector<std::string> mount_objects(const Sysfs& sysfs, const event::Mount& mount) {
  std::vector<std::string> objects;
  if (mount.device.major != 0) {
    if (auto object = sysfs.block_device(mount.device)) objects.push_back(std::move(*object));
    return objects;
  }
  // Of other filesystems the source is any text: who may mount by FUSE chooses it.
  if (mount.file_system != "btrfs" && mount.file_system != "bcachefs") return objects;
  // bcachefs joins its devices by ':'.
  std::string_view sources = mount.source;
  while (!sources.empty()) {
    const std::string node(sources.substr(0, sources.find(':')));
    sources.remove_prefix(std::min(sources.size(), node.size() + 1));
    if (auto object = sysfs.device_of_node(node)) objects.push_back(std::move(*object));
  }
  if (mount.file_system == "btrfs" && objects.size() == 1) {
    if (auto members = btrfs_members(sysfs, objects.front()); !members.empty()) return members;
  }
  return objects;
}

void MountSource::UnrefMonitor::operator()(libmnt_monitor* monitor) const {
  mnt_unref_monitor(monitor);
}

base::Result<std::unique_ptr<MountSource>> MountSource::open(Sink& sink,
                                                             const event::KernelState& known,
                                                             const Sysfs& sysfs) {
  Monitor monitor(mnt_new_monitor());
  if (!monitor) return base::Error{ENOMEM, "watch the mount table"};
  if (const int result = mnt_monitor_enable_kernel(monitor.get(), 1); result < 0) {
    return base::Error{-result, "watch the mount table"};
  }
  if (const int result = mnt_monitor_get_fd(monitor.get()); result < 0) {
    return base::Error{-result, "watch the mount table"};
  }
  return std::unique_ptr<MountSource>(new MountSource(sink, known, sysfs, std::move(monitor)));
}

MountSource::MountSource(Sink& sink, const event::KernelState& known, const Sysfs& sysfs,
                         Monitor monitor)
    : sink_(sink), known_(known), sysfs_(sysfs), monitor_(std::move(monitor)) {
  status_.active = true;
  status_.kind = "mountinfo";
  status_.signals = {event::signal::kMount, event::signal::kUmount, event::signal::kRemount};
}

int MountSource::descriptor() const {
  return mnt_monitor_get_fd(monitor_.get());
}
short MountSource::poll_events() const {
  return POLLIN;
}

void MountSource::start() {
  read_table(true);
}

// The wake is taken back before the table is read, so a change during the read wakes again.
void MountSource::dispatch() {
  mnt_monitor_event_cleanup(monitor_.get());
  ++status_.received;
  read_table(false);
}

void MountSource::read_table(bool synthesized) {
  const auto bytes = base::read_file(kMountTable);
  if (!bytes) {
    // The wake is used up. What it was for is found by the next read, and known to be missing till
    // then.
    status_.problem = bytes.error().message();
    base::log_error("mount: " + status_.problem);
    sink_.record(event::events_lost(name(), 0, base::realtime_us()));
    return;
  }
  status_.problem.clear();
  const auto table = decode::parse_mount_table(*bytes);
  // The same bad line is there at each read: count it once.
  if (table.rejected > rejected_in_table_) status_.rejected += table.rejected - rejected_in_table_;
  rejected_in_table_ = table.rejected;
  const auto objects = [this](const event::Mount& mount) { return mount_objects(sysfs_, mount); };
  for (event::Event& event :
       decode::mount_differences(known_, table, objects, synthesized, base::realtime_us())) {
    sink_.record(std::move(event));
  }
}

}  // namespace kevent::source

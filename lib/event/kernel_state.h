// SPDX-License-Identifier: LGPL-2.1-or-later
// What the events have told so far: which devices there are, what is mounted, what is too hot. It
// is the fold of the log, so what a re-read of the kernel finds different from it has not been told
// yet: those differences become events with Synthesized = true. Nothing else remembers what was
// told.
//
// Invariant: apply() of the same event twice is apply() of it once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lib/event/event.h"

namespace kevent::event {

struct Device {
  std::string subsystem;
  std::string type;     // DEVTYPE: "disk", "partition"; mostly empty
  std::string node;     // "/dev/sda"; empty: none
  DeviceNumber number;  // (0, 0): none
  // Of a block device, in bytes; 0: no medium. Nothing: the medium was changed, and the size of the
  // new one is not known yet.
  std::optional<std::uint64_t> size = 0;
  std::uint64_t changed_at = 0;  // SEQNUM of the uevent since which that is so
  bool operator==(const Device&) const = default;
};

struct Mount {
  std::uint64_t id = 0;
  DeviceNumber device;
  std::string root;  // which part of the filesystem is seen: "/" but for bind mounts
  std::string mount_point;
  std::string file_system;
  std::string source;
  std::string options;
  std::vector<std::string> objects;  // kernel paths that speak for it; one but for btrfs
  // It was gone before anybody could look: only the id is known.
  bool unseen() const { return file_system.empty(); }
  bool operator==(const Mount&) const = default;
};

// Names the log of the kernel's events layer: random bytes made at boot. Numbers compare only under
// the same one.
using KernelBootId = std::array<std::byte, 16>;

class KernelState {
 public:
  using Devices = std::map<std::string, Device>;  // by kernel path
  using Mounts = std::map<std::uint64_t, Mount>;  // by mount id

  void apply(const Event& event);

  const Devices& devices() const { return devices_; }
  const Mounts& mounts() const { return mounts_; }
  // How many mount points the filesystem with this device number has.
  std::uint32_t mount_count(DeviceNumber device) const;
  // The mounts whose events this kernel object emits: whole mounts before bind mounts, the oldest
  // first. Valid until the next apply().
  std::vector<const Mount*> mounts_of(const std::string& object) const;
  // Their mount points.
  std::vector<std::string> mount_points(const std::string& object) const;
  // Whether an object whose path begins with `prefix` emits the events of a mount.
  bool has_mounts_below(const std::string& prefix) const;
  // Thermal zones that said `overheating` and not yet `normal`.
  // The kernel's events layer says it of processors too: they are here as well.
  const std::set<std::string>& overheating() const { return overheating_; }
  // The highest SEQNUM of a uevent that was told, or counted as lost.
  std::uint64_t uevent_seqnum() const { return uevent_seqnum_; }
  void set_uevent_seqnum(std::uint64_t seqnum) { uevent_seqnum_ = seqnum; }
  // SEQNUMs below it that were neither emitted nor counted as lost when the service before this one
  // ended, and may have been in flight: the kernel does not keep the order.
  const std::set<std::uint64_t>& skipped_uevents() const { return skipped_uevents_; }
  void set_skipped_uevents(std::set<std::uint64_t> seqnums) {
    skipped_uevents_ = std::move(seqnums);
  }
  // The same for the numbers of the kernel's events layer.
  std::uint64_t kernel_sequence() const { return kernel_sequence_; }
  void set_kernel_sequence(std::uint64_t sequence) { kernel_sequence_ = sequence; }
  // The log that these numbers are of. All zero: the layer is not heard, which is something else
  // than that it has said nothing yet.
  const KernelBootId& kernel_boot_id() const { return kernel_boot_id_; }
  void set_kernel_boot_id(const KernelBootId& id) { kernel_boot_id_ = id; }
  // Some of what the layer said is missing, and what there is has not been compared since.
  bool kernel_missed() const { return kernel_missed_; }
  void set_kernel_missed(bool missed) { kernel_missed_ = missed; }

 private:
  void apply_hotplug(const Event& event);
  void move_devices(const std::string& from, const std::string& to);
  // Takes out the device at `object` and all below it.
  Devices extract_devices(const std::string& object);
  void apply_mount(const Event& event);
  void apply_umount(std::uint64_t id);

  Devices devices_;
  Mounts mounts_;
  std::map<DeviceNumber, std::uint32_t> mount_counts_;
  std::map<std::string, std::set<std::uint64_t>> mounts_by_object_;
  std::set<std::string> overheating_;
  std::uint64_t uevent_seqnum_ = 0;
  std::set<std::uint64_t> skipped_uevents_;
  std::uint64_t kernel_sequence_ = 0;
  KernelBootId kernel_boot_id_{};
  bool kernel_missed_ = false;
};

// SEQNUM of the uevent that the event was made of; 0 when it was made of something else.
std::uint64_t uevent_seqnum_of(const Event& event);

// The details that make an event say all of a device or a mount, and what apply() reads back.
void set_device_details(Details& details, const Device& device);
void set_mount_details(Details& details, const Mount& mount);

}  // namespace kevent::event

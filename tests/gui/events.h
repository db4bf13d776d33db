// SPDX-License-Identifier: LGPL-2.1-or-later
// Events as the service tells them, in one expression each, for what the applet makes of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/event/event.h"

namespace kevent::gui {

namespace key = event::key;

inline constexpr const char* kZone = "/devices/virtual/thermal/thermal_zone0";
inline constexpr const char* kOtherZone = "/devices/virtual/thermal/thermal_zone1";
inline constexpr const char* kStick = "/devices/pci0000:00/usb1/1-1/host6/block/sdb";
inline constexpr const char* kPartition = "/devices/pci0000:00/usb1/1-1/host6/block/sdb/sdb1";
inline constexpr const char* kOtherPartition = "/devices/pci0000:00/usb1/1-1/host6/block/sdb/sdb2";
inline constexpr const char* kInternal = "/devices/pci0000:00/nvme/nvme0/block/nvme0n1/nvme0n1p2";
inline constexpr const char* kLoop = "/devices/virtual/block/loop3";
inline constexpr const char* kMapper = "/devices/virtual/block/dm-0";
inline constexpr const char* kArray = "/devices/virtual/block/md0";

inline event::Event make_event(event::Group group, std::string object, std::string_view signal,
                               std::uint8_t priority, const char* source) {
  event::Event event;
  event.group = group;
  event.object = std::move(object);
  event.signal = signal;
  event.priority = priority;
  event.details.set(key::kSource, std::string(source));
  return event;
}

// `event`, with one more detail.
inline event::Event with(event::Event event, std::string_view key, event::Value value) {
  event.details.set(key, std::move(value));
  return event;
}

inline event::Event at(event::Event event, std::uint64_t time_us) {
  event.time_us = time_us;
  return event;
}

inline event::Event synthesized(event::Event event) {
  return with(std::move(event), key::kSynthesized, true);
}

inline event::Event from_program(event::Event event) {
  return with(std::move(event), key::kSource, std::string("user"));
}

inline event::Event overheating(std::string object = kZone, std::int32_t temperature = 95'500,
                                const char* trip_type = "hot") {
  auto event = make_event(event::Group::kPower, std::move(object), event::signal::kOverheating, 2,
                          "thermal");
  event.details.set(key::kTemperature, temperature);
  event.details.set_text(key::kTripType, trip_type);
  return event;
}

inline event::Event normal(std::string object = kZone, std::int32_t temperature = 61'000) {
  return with(
      make_event(event::Group::kPower, std::move(object), event::signal::kNormal, 7, "thermal"),
      key::kTemperature, temperature);
}

// Of the mount table.
inline event::Event mount_event(std::string_view signal, std::string object,
                                std::string_view mount_point, std::uint32_t mounts) {
  auto event = make_event(event::Group::kFs, std::move(object), signal, 5, "mount");
  event.details.set(key::kScope, std::string(event::kScopeMountPoint));
  event.details.set_text(key::kMountPoint, mount_point);
  event.details.set_text(key::kFileSystem, "ext4");
  event.details.set_text(key::kMountRoot, "/");
  event.details.set(key::kMounts, mounts);
  return event;
}

inline event::Event mounted(std::string object = kPartition,
                            std::string_view mount_point = "/media/ann/STICK") {
  return mount_event(event::signal::kMount, std::move(object), mount_point, 1);
}

inline event::Event unmounted(std::string object = kPartition,
                              std::string_view mount_point = "/media/ann/STICK",
                              std::uint32_t mounts_left = 0) {
  return mount_event(event::signal::kUmount, std::move(object), mount_point, mounts_left);
}

// Of the kernel's events layer.
inline event::Event file_system_event(std::string_view signal, std::string object) {
  return with(make_event(event::Group::kFs, std::move(object), signal, 5, "kernel"), key::kScope,
              std::string(event::kScopeFileSystem));
}

inline event::Event claimed(std::string object = kPartition) {
  return file_system_event(event::signal::kMount, std::move(object));
}

inline event::Event released(std::string object = kPartition) {
  return file_system_event(event::signal::kUmount, std::move(object));
}

inline event::Event storage_event(std::string_view signal, std::string object,
                                  std::uint8_t priority = 5) {
  return make_event(event::Group::kStorage, std::move(object), signal, priority, "kernel");
}

inline event::Event media_change(std::string object, std::uint64_t size) {
  return with(storage_event(event::signal::kMediaChange, std::move(object)), key::kSize, size);
}

// The size is not known yet.
inline event::Event media_change(std::string object) {
  return storage_event(event::signal::kMediaChange, std::move(object));
}

inline event::Event removed_while_mounted(std::string object = kPartition,
                                          event::Texts mount_points = {"/media/ann/STICK"}) {
  auto event = storage_event(event::signal::kRemovedWhileMounted, std::move(object), 3);
  event.details.set(key::kMountPoints, std::move(mount_points));
  event.details.set_text(key::kFileSystem, "vfat");
  return event;
}

inline event::Event added(std::string object) {
  return make_event(event::Group::kHotplug, std::move(object), event::signal::kAdd, 6, "uevent");
}

inline event::Event io_error(std::string object = kStick, std::uint64_t sector = 2048) {
  auto event = storage_event(event::signal::kIoError, std::move(object), 3);
  event.details.set_text(key::kOperation, "READ");
  event.details.set(key::kSector, sector);
  event.details.set_text(key::kStatus, "ENODATA");
  return event;
}

inline event::Event removed(std::string object) {
  return make_event(event::Group::kHotplug, std::move(object), event::signal::kRemove, 6, "uevent");
}

}  // namespace kevent::gui

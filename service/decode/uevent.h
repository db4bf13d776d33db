// SPDX-License-Identifier: LGPL-2.1-or-later
// A message of the kernel's uevent group -> an event. Pure: no I/O, no clock.
//
// Rules:
//   U1  A message is "ACTION@DEVPATH", NUL, then "KEY=VALUE", each ended by NUL; the last NUL may
//       lack. The first '@' and the first '=' divide; ACTION is not empty.
//   U2  ACTION and DEVPATH of the environment must be those of the header, DEVPATH a kernel path.
//       Anything else is no uevent. An entry without '=' is no uevent either.
//   U3  One message is one event, the most specific meaning wins. A `change` of subsystem
//       block with DISK_EJECT_REQUEST=1, DISK_MEDIA_CHANGE=1, RESIZE=1 or DISK_RO=1/0 is, the first
//       in this order, eject_request, media_change, resize, read_only or read_write in group
//       Storage. All else is group Hotplug with ACTION as its signal.
//   U4  Priority: 6 add and remove, 5 media_change, 7 the rest.
//   U5  Details: Source "uevent", Uevent, and what the environment says of Subsystem, DeviceType,
//       DeviceNode ("/dev/" in front), DeviceNumber, OldObject (DEVPATH_OLD, where it is a kernel
//       path); Size where the caller could read it; Signal where member_name() differs from the
//       signal. Uevent is clean text, each key once, its first value. Where that changed something,
//       UeventBytes holds the entries as they came, each ended by NUL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/event/event.h"

namespace kevent::decode {

struct Uevent {
  std::string action;
  std::string device_path;         // kernel path
  event::Environment environment;  // raw bytes, in the kernel's order, ACTION and DEVPATH included

  // The first value of `key`; nothing when it is not there.
  std::optional<std::string_view> value(std::string_view key) const;
};

// Nothing when `message` is no uevent (U1, U2).
std::optional<Uevent> parse_uevent(std::string_view message);

// `size`: of the block device in bytes, where the caller could read it. Give `uevent` away with
// std::move(): its environment becomes the event's.
event::Event uevent_event(Uevent uevent, std::optional<std::uint64_t> size, std::uint64_t time_us);

}  // namespace kevent::decode

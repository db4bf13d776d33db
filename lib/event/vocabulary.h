// SPDX-License-Identifier: LGPL-2.1-or-later
// The words that this service itself puts into events: signals, keys of details, priorities. A
// uevent's ACTION passes through as it is, so a signal of a newer kernel needs no change here.
#pragma once

#include <cstdint>
#include <string_view>

namespace kevent::event {

namespace signal {
inline constexpr std::string_view kAdd = "add";
inline constexpr std::string_view kRemove = "remove";
inline constexpr std::string_view kChange = "change";
inline constexpr std::string_view kMove = "move";
inline constexpr std::string_view kOnline = "online";
inline constexpr std::string_view kOffline = "offline";
inline constexpr std::string_view kBind = "bind";
inline constexpr std::string_view kUnbind = "unbind";
inline constexpr std::string_view kEjectRequest = "eject_request";
inline constexpr std::string_view kMediaChange = "media_change";
inline constexpr std::string_view kResize = "resize";
inline constexpr std::string_view kReadOnly = "read_only";
inline constexpr std::string_view kReadWrite = "read_write";
inline constexpr std::string_view kRemovedWhileMounted = "removed_while_mounted";
inline constexpr std::string_view kMount = "mount";
inline constexpr std::string_view kUmount = "umount";
inline constexpr std::string_view kRemount = "remount";
inline constexpr std::string_view kOverheating = "overheating";
inline constexpr std::string_view kNormal = "normal";
inline constexpr std::string_view kIoError = "io_error";
inline constexpr std::string_view kDegraded = "degraded";
inline constexpr std::string_view kSyncStart = "sync_start";
inline constexpr std::string_view kSyncDone = "sync_done";
inline constexpr std::string_view kSyncAborted = "sync_aborted";
inline constexpr std::string_view kEventsLost = "events_lost";
}  // namespace signal

namespace key {
inline constexpr std::string_view kSource = "Source";              // s: which source told it
inline constexpr std::string_view kSynthesized = "Synthesized";    // b: found by a resync
inline constexpr std::string_view kSignal = "Signal";              // s: the kernel's own spelling
inline constexpr std::string_view kCount = "Count";                // t: events lost, 0 unknown
inline constexpr std::string_view kUevent = "Uevent";              // a{ss}: raw environment
inline constexpr std::string_view kUeventBytes = "UeventBytes";    // ay: the same, where not text
inline constexpr std::string_view kUeventSeqnum = "UeventSeqnum";  // t: told or lost up to here
inline constexpr std::string_view kKernelSequence = "KernelSequence";  // t: the kernel's own number
inline constexpr std::string_view kSubsystem = "Subsystem";            // s
inline constexpr std::string_view kDeviceType = "DeviceType";          // s
inline constexpr std::string_view kDeviceNode = "DeviceNode";          // s: "/dev/sda1"
inline constexpr std::string_view kDeviceNumber = "DeviceNumber";      // (uu): major, minor
inline constexpr std::string_view kSize = "Size";  // t: bytes; 0: no medium; absent: unknown
inline constexpr std::string_view kOldObject = "OldObject";      // o as s: before a move
inline constexpr std::string_view kScope = "Scope";              // s: what a mount event is about
inline constexpr std::string_view kMountPoint = "MountPoint";    // s
inline constexpr std::string_view kMountPoints = "MountPoints";  // as
inline constexpr std::string_view kReadOnly = "ReadOnly";        // b: absent means writable
inline constexpr std::string_view kOldMountPoint = "OldMountPoint";  // s: before a move
inline constexpr std::string_view kMountRoot = "MountRoot";          // s: path in the filesystem
inline constexpr std::string_view kFileSystem = "FileSystem";        // s: type
inline constexpr std::string_view kMountSource = "MountSource";      // s
inline constexpr std::string_view kOptions = "Options";              // s: of mount and filesystem
inline constexpr std::string_view kMountId = "MountId";  // t: statmount(2)'s, else mountinfo's
inline constexpr std::string_view kMounts = "Mounts";    // u: mount points left
inline constexpr std::string_view kTemperature = "Temperature";  // i: millidegrees Celsius
inline constexpr std::string_view kTrip = "Trip";                // u: index of the trip point
inline constexpr std::string_view kTripType = "TripType";        // s: passive, hot, critical
inline constexpr std::string_view kProcessor = "Processor";      // u: its number
inline constexpr std::string_view kLevel = "Level";              // s: core, package
inline constexpr std::string_view kOperation = "Operation";      // s: of the request: READ, WRITE
inline constexpr std::string_view kSector = "Sector";            // t: of 512 bytes
inline constexpr std::string_view kStatus = "Status";            // s: errno's name, "ENODATA"
inline constexpr std::string_view kSuppressed = "Suppressed";    // u: failures that are not told
inline constexpr std::string_view kText = "Text";                // s: what has no key of its own
inline constexpr std::string_view kCut = "Cut";  // s: what the kernel had no room for
}  // namespace key

// Values of Scope: an event of the mount table; and one of the kernel's events layer, where the
// filesystem itself came alive or was shut down.
inline constexpr std::string_view kScopeMountPoint = "mount_point";
inline constexpr std::string_view kScopeFileSystem = "filesystem";

// syslog's scale: the smaller the worse.
namespace priority {
inline constexpr std::uint8_t kCritical = 2;  // overheating by a hot or critical trip
inline constexpr std::uint8_t kError = 3;    // errors, degraded, removed_while_mounted, events_lost
inline constexpr std::uint8_t kWarning = 4;  // overheating by a passive trip, sync_aborted
inline constexpr std::uint8_t kNotice = 5;   // mount, umount, media_change, sync_done
inline constexpr std::uint8_t kInfo = 6;     // add, remove
inline constexpr std::uint8_t kDebug = 7;    // the rest
}  // namespace priority

}  // namespace kevent::event

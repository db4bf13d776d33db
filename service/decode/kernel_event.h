// SPDX-License-Identifier: LGPL-2.1-or-later
// A message of the kernel's events layer (generic netlink family `kevent`) -> an event. Pure: the
// clock's offset is an argument. (kernel-patch/, Documentation/netlink/specs/kevent.yaml)
//
// Rules:
//   K1  A notification and an entry of a dump have the same form. A message with any other command
//       is none of ours; attributes that are not known here are passed over.
//   K2  Sequence (not 0), time, type, object and signal must be there, an integer of 4 or 8 bytes
//       where the specification says `uint`, strings without a NUL but the one at the end and no
//       longer than the header says, object a kernel path, signal not empty. Anything else is
//       unreadable: with its number, where at least that can be read.
//   K3  The group is the type; a type that a newer kernel has is General.
//   K4  The time is the kernel's (CLOCK_BOOTTIME), with the offset to CLOCK_REALTIME added.
//   K5  The signal is as told. Priority: overheating 2 (a hot or critical trip) or 4 (anything
//       else), io_error and degraded 3, sync_aborted 4, mount, umount, media_change and sync_done
//       5, all else 7.
//   K6  Details: Source "kernel", KernelSequence, Subsystem where it is told; Scope "filesystem" for
//       mount and umount of group Fs; Signal where member_name() differs from the signal.
//   K7  Words key=value of the text become typed details, by group: fstype FileSystem (Fs); trip
//       Trip, type TripType, temperature Temperature, cpu Processor, level Level (Power); op
//       Operation, sector Sector, status Status as the errno's name, suppressed Suppressed
//       (Storage). Every other word stays in Text: unknown, of another form, the second one of its
//       key, or the last one of a text that was cut.
//   K8  Cut says what the kernel had no room for: "object", "text", "subsystem", in this order,
//       with a space between; missing where nothing was cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "lib/event/event.h"
#include "lib/event/kernel_state.h"

namespace kevent::decode {

struct KernelMessage {
  enum class Kind {
    kEvent,       // `event` is complete but for what sysfs knows of its object
    kUnreadable,  // an event that nobody can read: it is lost
    kOther,       // none of ours (K1)
  };
  Kind kind = Kind::kOther;
  std::uint64_t sequence = 0;  // the kernel's number; 0: can't be read
  event::Event event;
};

// `payload` starts at the generic netlink header. `realtime_offset_us`: CLOCK_REALTIME minus
// CLOCK_BOOTTIME.
KernelMessage parse_kernel_message(std::span<const std::byte> payload,
                                   std::int64_t realtime_offset_us);

// Its number alone, without the rest being looked at: 0 where parse_kernel_message() says 0.
std::uint64_t kernel_sequence_of(std::span<const std::byte> payload);

// What the kernel's log holds.
struct KernelLog {
  std::uint64_t oldest = 1;  // the oldest number; last + 1 when it holds none
  std::uint64_t last = 0;    // the last number that was given out
  event::KernelBootId boot_id{};
  bool operator==(const KernelLog&) const = default;
};

// Nothing when it is no whole answer, or oldest is 0 or above last + 1.
std::optional<KernelLog> parse_kernel_log(std::span<const std::byte> payload);

}  // namespace kevent::decode

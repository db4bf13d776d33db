// SPDX-License-Identifier: LGPL-2.1-or-later
// The log: the numbered, bounded, wraparound store of events, and the one place where an event gets
// its sequence number. One file of fixed size; each record proves itself, so it is whole after kill
// -9 at any point. Knows neither sources nor the bus. Main loop only.
//
// Rules:
//   L1  Sequences start at 1, rise by one, and are never used twice under one id, also across
//       restarts. L2  When the store is full the oldest events go. What is held is always one run
//       without holes. L3  The log of another boot, of another size or version, one that is damaged
//       in its head, or that is no log, is thrown away: the next one has a new id and starts at 1.
//       So is one that has lost all its records, or records that were published: going on would use
//       their sequences twice.
//   L4  After a crash the log ends with the newest whole record. A record that was cut was told to
//       nobody: signals come after the record.
//   L5  A record that can't be written costs its event, never the log: it is counted, and told as
//       events_lost of source "log" as soon as a record can be written again. An event that is
//       larger than a record may be (kLargestRecord) can't be written either.
//   L6  One process at a time: the file is locked while it is open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/result.h"
#include "lib/event/event.h"
#include "lib/event/filter.h"

namespace kevent::log {

inline constexpr std::uint64_t kDefaultLogSize = 8 << 20;
inline constexpr std::uint64_t kSmallestLogSize = 256 << 10;
inline constexpr std::uint64_t kLargestLogSize = std::uint64_t{1} << 30;
// What one answer of GetEvents holds at most (bytes as the log encodes them), and how many records
// it may look at for it.
inline constexpr std::size_t kMostEvents = 1000;
inline constexpr std::size_t kMostBytes = 1 << 20;
inline constexpr std::size_t kMostLookedAt = 10000;

class EventLog {
 public:
  struct Answer {
    std::vector<event::Event> events;
    std::uint64_t oldest = 0;  // the oldest sequence held; last_sequence() + 1 when none is
    std::uint64_t next = 0;    // the last sequence that was looked at
    bool damaged = false;      // some record could not be read, and is answered as events_lost
  };

  // Opens or makes `path`. EBUSY when another process has it; ENOSPC when `size` bytes can't be
  // reserved; EINVAL for a size outside the bounds above. `boot_id` names this boot of the kernel
  // (L3).
  static base::Result<EventLog> open(const std::string& path, std::uint64_t size,
                                     const std::string& boot_id);

  EventLog(EventLog&&) noexcept;
  EventLog& operator=(EventLog&&) noexcept;
  ~EventLog();

  // The event is too large for any record: append() will always count it as lost.
  static bool never_fits(const event::Event& event);

  // Numbers the event and keeps it. Returns its sequence, 0 when it could not be written (L5).
  std::uint64_t append(const event::Event& event);

  // Tells what could not be written and is not told yet (L5), for when no other event comes. Done
  // when nothing is left to tell.
  base::Status tell_lost(std::uint64_t time_us);

  // Events above `after` that pass `filter`, in order: at most `limit` (0: no further limit) and
  // never more than kMostEvents and kMostBytes, but one event always. `after` beyond the end
  // answers nothing, with `next` the last sequence. A record that was damaged since it was written
  // is answered as events_lost of source "log" under its number.
  Answer read(std::uint64_t after, const event::Filter& filter, std::size_t limit) const;

  const std::string& id() const;                            // 32 hex digits
  bool is_new() const;                                      // made by open(), not found
  std::uint64_t oldest_sequence() const;                    // last_sequence() + 1 when empty
  std::uint64_t last_sequence() const;                      // 0 when nothing was ever written
  std::uint64_t capacity() const;                           // bytes for records
  std::uint64_t bytes_after(std::uint64_t sequence) const;  // of the records above `sequence`
  std::uint64_t bytes_appended() const;  // since open(), for those who act every so often
  std::uint64_t lost() const;            // events that could not be written, since open()

  // The mark of the publisher: everything up to it has been taken by the bus. Kept in the file; 0
  // where it was damaged there, so that rather all is published again than anything forgotten.
  // EINVAL beyond the last sequence.
  std::uint64_t published() const;
  base::Status set_published(std::uint64_t sequence);

 private:
  struct State;
  explicit EventLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kevent::log

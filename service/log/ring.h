// SPDX-License-Identifier: LGPL-2.1-or-later
// The area of the log's file as a ring of records, each with a sequence and a payload of any bytes.
// Knows nothing of events.
//
// A record starts at a multiple of 8 bytes and is never split: where the end of the area is too
// near, the next one starts at 0. Only the offsets of the records are in memory; before a record is
// written, those that it will overlap are dropped. So the ring never points into overwritten bytes,
// and what it holds is always one run of sequences without holes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"
#include "service/log/log_file.h"

namespace kevent::log {

// With its header. Only a mount whose paths are longer than PATH_MAX, and unprintable, is larger.
inline constexpr std::size_t kLargestRecord = 60 << 10;

class Ring {
 public:
  explicit Ring(LogFile& file) : file_(file) {}

  // Finds the records of the file: the longest run that ends with the highest sequence. False when
  // the area was used, but no record in it is whole.
  base::Result<bool> recover();

  // Forgets everything; the file is a new one.
  void clear();

  static bool fits(std::string_view payload);

  // Writes a record with the sequence last() + 1. EMSGSIZE above kLargestRecord. After an error the
  // ring is as it was, but for old records that would have been overwritten.
  base::Status append(std::string_view payload);

  std::uint64_t oldest() const { return oldest_; }  // last() + 1 when empty
  std::uint64_t last() const { return oldest_ + offsets_.size() - 1; }
  // Bytes between the start of the record `sequence` (or the oldest) and the end of the newest.
  std::uint64_t bytes_from(std::uint64_t sequence) const;
  // Bytes by which the end has moved since the start, with what was left free before the end of the
  // area.
  std::uint64_t bytes_appended() const { return bytes_appended_; }

 private:
  friend class RingReader;

  struct Found {
    std::uint64_t sequence = 0;
    std::uint64_t offset = 0;
    std::uint64_t end = 0;
  };

  void hold_newest_run(std::vector<Found>& found);
  std::uint64_t offset_of(std::uint64_t sequence) const;
  void drop_overlapping(std::uint64_t begin, std::uint64_t end);
  // Where a record of `size` bytes goes; what is there is dropped.
  std::uint64_t make_room(std::size_t size);

  LogFile& file_;
  std::deque<std::uint32_t> offsets_;  // of the records held, in order, in units of 8 bytes
  std::uint64_t oldest_ = 1;           // the sequence of offsets_.front()
  std::uint64_t end_ = 0;              // of the newest record: where the next one goes
  std::uint64_t bytes_appended_ = 0;
  std::vector<std::byte> frame_;  // the record being written
};

// Reads through a ring in large pieces. Valid until the ring changes.
class RingReader {
 public:
  explicit RingReader(const Ring& ring) : ring_(ring) {}

  // The payload of a record that is held, until the next call; nothing when it can't be read, or
  // was damaged since it was written.
  std::optional<std::span<const std::byte>> payload(std::uint64_t sequence);

 private:
  friend class Ring;

  struct Record {
    std::uint64_t sequence = 0;
    std::size_t size = 0;  // with header and padding
    std::span<const std::byte> payload;
  };

  // The bytes of the area from `offset` on: as many as the largest record has, or up to `end`.
  base::Result<std::span<const std::byte>> bytes_at(std::uint64_t offset, std::uint64_t end);
  // The whole record that starts with `bytes`.
  std::optional<Record> parse(std::span<const std::byte> bytes) const;

  const Ring& ring_;
  std::unique_ptr<std::byte[]> piece_;
  std::size_t piece_capacity_ = 0;
  std::uint64_t piece_offset_ = 0;
  std::size_t piece_size_ = 0;
};

}  // namespace kevent::log

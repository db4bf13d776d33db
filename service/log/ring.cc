// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/ring.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "service/log/checksum.h"

namespace kevent::log {
namespace {

constexpr std::size_t kAlignment = 8;
constexpr std::size_t kPieceSize = 256 << 10;
static_assert(kPieceSize > kLargestRecord && kLargestRecord % kAlignment == 0);

struct RecordHeader {
  std::uint64_t mark = 0;  // LogFile::record_mark()
  std::uint64_t sequence = 0;
  std::uint32_t length = 0;    // of the payload
  std::uint32_t checksum = 0;  // of the header with 0 here, then of the payload
};
static_assert(sizeof(RecordHeader) == 24);

std::uint64_t aligned(std::uint64_t size) {
  return (size + kAlignment - 1) & ~(kAlignment - 1);
}

std::uint32_t checksum_of(RecordHeader header, std::span<const std::byte> payload) {
  header.checksum = 0;
  return crc32c(payload, crc32c(std::as_bytes(std::span(&header, 1))));
}

std::uint64_t word_at(std::span<const std::byte> bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), sizeof word);
  return word;
}

}  // namespace

// Each multiple of 8 is looked at, also inside of records: where a new record covers the old ones
// only in part, their remains say nothing of where the next whole one starts. A record inside of
// another's payload can't be: no event knows the mark.
base::Result<bool> Ring::recover() {
  std::vector<Found> found;
  bool is_used = false;
  RingReader reader(*this);
  const std::uint64_t area = file_.area_size() & ~(kAlignment - 1);
  for (std::uint64_t offset = 0; offset < area;) {
    const auto bytes = reader.bytes_at(offset, area);
    if (!bytes) return bytes.error();
    // Only where a record can start whose end is in view, be it the largest.
    const bool is_last = offset + bytes->size() == area;
    const std::size_t starts = bytes->size() - (is_last ? 0 : kLargestRecord - kAlignment);
    for (std::size_t i = 0; i < starts; i += kAlignment) {
      const std::uint64_t word = word_at(bytes->subspan(i));
      if (word == 0) continue;
      is_used = true;
      if (word != file_.record_mark()) continue;
      const auto record = reader.parse(bytes->subspan(i));
      if (record) found.push_back({record->sequence, offset + i, offset + i + record->size});
    }
    offset += starts;
  }
  hold_newest_run(found);
  return !found.empty() || !is_used;
}

void Ring::hold_newest_run(std::vector<Found>& found) {
  clear();
  if (found.empty()) return;
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.sequence > b.sequence; });
  end_ = found.front().end;
  oldest_ = found.front().sequence + 1;
  for (const Found& record : found) {
    if (record.sequence + 1 != oldest_) break;
    offsets_.push_front(static_cast<std::uint32_t>(record.offset / kAlignment));
    oldest_ = record.sequence;
  }
}

void Ring::clear() {
  offsets_.clear();
  oldest_ = 1;
  end_ = 0;
}

bool Ring::fits(std::string_view payload) {
  return aligned(sizeof(RecordHeader) + payload.size()) <= kLargestRecord;
}

base::Status Ring::append(std::string_view payload) {
  const std::size_t used = sizeof(RecordHeader) + payload.size();
  const std::size_t size = aligned(used);
  if (!fits(payload)) {
    return base::Error{EMSGSIZE, "log record of " + std::to_string(size) + " bytes"};
  }

  const auto bytes = std::as_bytes(std::span(payload));
  RecordHeader header{file_.record_mark(), last() + 1, static_cast<std::uint32_t>(payload.size())};
  header.checksum = checksum_of(header, bytes);
  frame_.resize(used);
  std::memcpy(frame_.data(), &header, sizeof header);
  std::copy(bytes.begin(), bytes.end(), frame_.begin() + sizeof header);

  const std::uint64_t offset = make_room(size);
  if (auto written = file_.write_area(frame_, offset); !written) return written;
  offsets_.push_back(static_cast<std::uint32_t>(offset / kAlignment));
  end_ = offset + size;
  bytes_appended_ += size;
  return base::Done{};
}

std::uint64_t Ring::make_room(std::size_t size) {
  const std::uint64_t area = file_.area_size();
  if (end_ + size > area) {
    // The oldest records may lie in what stays free before the end. They go before those at the
    // start of the area, for these are younger.
    drop_overlapping(end_, area);
    bytes_appended_ += area - end_;
    end_ = 0;
  }
  drop_overlapping(end_, end_ + size);
  return end_;
}

void Ring::drop_overlapping(std::uint64_t begin, std::uint64_t end) {
  while (!offsets_.empty()) {
    const std::uint64_t offset = offset_of(oldest_);
    if (offset < begin || offset >= end) break;
    offsets_.pop_front();
    ++oldest_;
  }
}

std::uint64_t Ring::offset_of(std::uint64_t sequence) const {
  return std::uint64_t{offsets_[sequence - oldest_]} * kAlignment;
}

std::uint64_t Ring::bytes_from(std::uint64_t sequence) const {
  if (sequence > last()) return 0;
  const std::uint64_t offset = offset_of(std::max(sequence, oldest_));
  return offset < end_ ? end_ - offset : file_.area_size() - offset + end_;
}

std::optional<std::span<const std::byte>> RingReader::payload(std::uint64_t sequence) {
  const std::uint64_t offset = ring_.offset_of(sequence);
  const std::uint64_t end = offset < ring_.end_ ? ring_.end_ : ring_.file_.area_size();
  const auto bytes = bytes_at(offset, end);
  if (!bytes) return std::nullopt;
  const auto record = parse(*bytes);
  if (!record || record->sequence != sequence) return std::nullopt;
  return record->payload;
}

base::Result<std::span<const std::byte>> RingReader::bytes_at(std::uint64_t offset,
                                                              std::uint64_t end) {
  const std::uint64_t wanted = std::min<std::uint64_t>(kLargestRecord, end - offset);
  const std::uint64_t piece_end = piece_offset_ + piece_size_;
  if (offset < piece_offset_ || offset + wanted > piece_end) {
    const std::size_t size = std::min<std::uint64_t>(kPieceSize, end - offset);
    if (size > piece_capacity_) {
      piece_ = std::make_unique_for_overwrite<std::byte[]>(size);
      piece_capacity_ = size;
    }
    piece_size_ = 0;
    const std::span<std::byte> piece(piece_.get(), size);
    if (auto read = ring_.file_.read_area(piece, offset); !read) return read.error();
    piece_offset_ = offset;
    piece_size_ = size;
  }
  return std::span<const std::byte>(piece_.get(), piece_size_).subspan(offset - piece_offset_);
}

std::optional<RingReader::Record> RingReader::parse(std::span<const std::byte> bytes) const {
  RecordHeader header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  const std::uint64_t used = sizeof header + std::uint64_t{header.length};
  if (header.mark != ring_.file_.record_mark() || aligned(used) > kLargestRecord ||
      aligned(used) > bytes.size()) {
    return std::nullopt;
  }
  const auto payload = bytes.subspan(sizeof header, header.length);
  if (header.checksum != checksum_of(header, payload)) return std::nullopt;
  return Record{header.sequence, aligned(used), payload};
}

}  // namespace kevent::log

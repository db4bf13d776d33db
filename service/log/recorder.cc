// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/recorder.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "lib/base/failures.h"
#include "lib/base/files.h"
#include "lib/base/logging.h"
#include "lib/event/filter.h"
#include "service/log/snapshot.h"

namespace kevent::log {
namespace {

// S4.
bool is_numbered_by_kernel(const event::Event& event) {
  return event.details.text_bytes(event::key::kSource) == "kernel" &&
         event.details.find(event::key::kKernelSequence) != nullptr;
}

// A uevent takes its SEQNUM before it is sent, so it may come after some that have larger ones:
// after this many at most, and no later than this after the first of them.
constexpr std::uint64_t kMostLateUevents = 64;
constexpr std::uint64_t kLatestUs = 100'000;

}  // namespace

Recorder::Recorder(std::string directory, EventLog log)
    : directory_(std::move(directory)), log_(std::move(log)) {}

base::Result<Recorder> Recorder::open(const std::string& directory, std::uint64_t log_size,
                                      const std::string& boot_id) {
  if (auto made = base::make_directory(directory); !made) return made.error();
  auto log = EventLog::open(directory + "/log", log_size, boot_id);
  if (!log) return log.error();
  Recorder recorder(directory, std::move(*log));
  recorder.restore();
  return recorder;
}

void Recorder::restore() {
  const auto bytes = base::read_file(snapshot_path(), std::size_t{1} << 30);
  if (!bytes && !base::is_absence(bytes.error())) base::log_error(bytes.error().message());
  auto snapshot = bytes ? decode_snapshot(*bytes) : std::nullopt;
  const bool fits = snapshot && snapshot->log_id == log_.id() &&
                    snapshot->sequence <= log_.last_sequence() &&
                    snapshot->sequence + 1 >= log_.oldest_sequence();
  if (!fits) {
    replay(0, is_numbered_by_kernel);
    return;
  }

  state_ = std::move(snapshot->state);
  replay(snapshot->sequence, [](const event::Event&) { return true; });
  // Beside the kernel's events layer some uevents are not in the log.
  if (state_.kernel_boot_id() == event::KernelBootId{}) {
    state_.set_skipped_uevents(skipped_uevents());
  }
  has_state_ = true;
  save_at_bytes_ =
      save_interval() - std::min(save_interval(), log_.bytes_after(snapshot->sequence));
}

// Applies the log's events above `after` that count.
void Recorder::replay(std::uint64_t after, const std::function<bool(const event::Event&)>& counts) {
  while (after < log_.last_sequence()) {
    const EventLog::Answer answer = log_.read(after, event::Filter{}, 0);
    for (const event::Event& event : answer.events) {
      if (counts(event)) state_.apply(event);
    }
    after = answer.next;
  }
}

// S5.
std::set<std::uint64_t> Recorder::skipped_uevents() const {
  std::map<std::uint64_t, std::uint64_t> seen;  // when, by SEQNUM
  std::uint64_t counted = 0;                    // all up to here are lost, or were emitted
  std::uint64_t newest_us = 0;
  const std::uint64_t last = log_.last_sequence();
  for (std::uint64_t after = last - std::min(last, kMostLateUevents); after < last;) {
    const EventLog::Answer answer = log_.read(after, event::Filter{}, 0);
    for (const event::Event& event : answer.events) {
      if (const auto* upto = event.details.get<std::uint64_t>(event::key::kUeventSeqnum)) {
        counted = std::max(counted, *upto);
      }
      if (const auto seqnum = event::uevent_seqnum_of(event)) seen.emplace(seqnum, event.time_us);
      newest_us = event.time_us;
    }
    after = answer.next;
  }
  std::set<std::uint64_t> skipped;
  for (auto next = seen.begin(); next != seen.end(); ++next) {
    const bool is_recent =
        next->second + kLatestUs >= newest_us && newest_us + kLatestUs >= next->second;
    if (next == seen.begin() || !is_recent) continue;
    const std::uint64_t before = std::max(std::prev(next)->first, counted);
    const std::uint64_t most = next->first - std::min(next->first, kMostLateUevents);
    for (auto seqnum = std::max(before, most) + 1; seqnum < next->first; ++seqnum) {
      skipped.insert(seqnum);
    }
  }
  return skipped;
}

std::uint64_t Recorder::record(const event::Event& event) {
  const std::uint64_t sequence = log_.append(event);
  // What no record can hold is counted as lost, and known all the same: else every re-read would
  // find it anew.
  if (sequence != 0 || EventLog::never_fits(event)) state_.apply(event);
  if (has_state_ && log_.bytes_appended() >= save_at_bytes_) {
    // The next attempt comes after another interval, while the log still holds what is missing.
    const bool failed_before = save_fails_;
    const auto saved = save();
    if (!saved && !failed_before) base::log_warning(saved.error().message());
  }
  return sequence;
}

void Recorder::adopt(const event::Event& event) {
  state_.apply(event);
}

base::Status Recorder::save() {
  has_state_ = true;
  save_at_bytes_ = log_.bytes_appended() + save_interval();
  auto saved =
      base::replace_file(snapshot_path(), encode_snapshot(log_.id(), log_.last_sequence(), state_));
  save_fails_ = !saved;
  return saved;
}

}  // namespace kevent::log

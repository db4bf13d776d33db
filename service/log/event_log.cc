// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/event_log.h"

#include <algorithm>
#include <utility>

#include "lib/base/logging.h"
#include "service/log/log_file.h"
#include "service/log/record.h"
#include "service/log/ring.h"

namespace kevent::log {

static_assert(kLargestRecord <= (kSmallestLogSize - kHeadSize) / 4,
              "one event never costs more than a quarter of the log");

struct EventLog::State {
  explicit State(LogFile opened) : file(std::move(opened)), ring(file) {}

  base::Status write(const event::Event& event) {
    encoding.clear();
    encode_event(event, ring.last() + 1, encoding);
    return ring.append(encoding);
  }

  // One that tells a loss itself stands for those that it tells of.
  void count_lost(const event::Event& event, const base::Error& reason) {
    if (untold == 0) base::log_warning("an event could not be written: " + reason.message());
    const auto* told = event.details.get<std::uint64_t>(event::key::kCount);
    const std::uint64_t count =
        event::is_events_lost(event) && told != nullptr ? std::max<std::uint64_t>(1, *told) : 1;
    lost += count;
    untold += count;
  }

  // L5.
  base::Status tell_lost(std::uint64_t time_us) {
    if (untold == 0) return base::Done{};
    auto written = write(event::events_lost("log", untold, time_us));
    if (written) untold = 0;
    return written;
  }

  LogFile file;
  Ring ring;
  std::uint64_t lost = 0;
  std::uint64_t untold = 0;  // of `lost`, not yet in the log
  std::string encoding;      // of the event being written
};

EventLog::EventLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
EventLog::EventLog(EventLog&&) noexcept = default;
EventLog& EventLog::operator=(EventLog&&) noexcept = default;
EventLog::~EventLog() = default;

base::Result<EventLog> EventLog::open(const std::string& path, std::uint64_t size,
                                      const std::string& boot_id) {
  if (size < kSmallestLogSize || size > kLargestLogSize) {
    return base::Error{EINVAL, "log size " + std::to_string(size)};
  }
  auto file = LogFile::open(path, size, boot_id);
  if (!file) return file.error();
  auto state = std::make_unique<State>(std::move(*file));
  auto recovered = state->ring.recover();
  if (!recovered) return recovered.error();
  if (!*recovered || state->file.published() > state->ring.last()) {
    base::log_warning("log " + path + " begins anew: it has lost records");
    if (auto replaced = state->file.replace(); !replaced) return replaced.error();
    state->ring.clear();
  }
  return EventLog(std::move(state));
}

bool EventLog::never_fits(const event::Event& event) {
  std::string encoding;
  encode_event(event, event.sequence, encoding);
  return !Ring::fits(encoding);
}

std::uint64_t EventLog::append(const event::Event& event) {
  auto written = tell_lost(event.time_us);
  if (written) written = state_->write(event);
  if (written) return last_sequence();
  state_->count_lost(event, written.error());
  // Where there was no room for this event, there may be for the word that it is missing. If not,
  // the next append() tells it.
  [[maybe_unused]] const auto ignored = tell_lost(event.time_us);
  return 0;
}

base::Status EventLog::tell_lost(std::uint64_t time_us) {
  return state_->tell_lost(time_us);
}

EventLog::Answer EventLog::read(std::uint64_t after, const event::Filter& filter,
                                std::size_t limit) const {
  Answer answer;
  answer.oldest = oldest_sequence();
  const std::uint64_t last = last_sequence();
  answer.next = last;
  if (after >= last) return answer;

  const std::size_t most = limit == 0 ? kMostEvents : std::min(limit, kMostEvents);
  std::uint64_t sequence = std::max(after + 1, answer.oldest);
  const std::uint64_t end = std::min(last - sequence + 1, std::uint64_t{kMostLookedAt}) + sequence;
  std::size_t bytes = 0;
  RingReader reader(state_->ring);
  for (; sequence != end && answer.events.size() < most; ++sequence) {
    const auto payload = reader.payload(sequence);
    auto event = payload ? decode_event(*payload) : std::nullopt;
    if (!event) {
      answer.damaged = true;
      event = event::events_lost("log", 1, 0);
      event->sequence = sequence;
    }
    if (!filter.matches(*event)) continue;
    bytes += payload ? payload->size() : 0;
    if (bytes > kMostBytes && !answer.events.empty()) break;
    answer.events.push_back(std::move(*event));
  }
  answer.next = sequence - 1;
  return answer;
}

const std::string& EventLog::id() const {
  return state_->file.id();
}
bool EventLog::is_new() const {
  return state_->file.is_new();
}
std::uint64_t EventLog::oldest_sequence() const {
  return state_->ring.oldest();
}
std::uint64_t EventLog::last_sequence() const {
  return state_->ring.last();
}
std::uint64_t EventLog::capacity() const {
  return state_->file.area_size();
}
std::uint64_t EventLog::bytes_appended() const {
  return state_->ring.bytes_appended();
}
std::uint64_t EventLog::lost() const {
  return state_->lost;
}
std::uint64_t EventLog::published() const {
  return state_->file.published();
}

std::uint64_t EventLog::bytes_after(std::uint64_t sequence) const {
  return sequence >= last_sequence() ? 0 : state_->ring.bytes_from(sequence + 1);
}

base::Status EventLog::set_published(std::uint64_t sequence) {
  if (sequence > last_sequence()) return base::Error{EINVAL, "published mark"};
  return state_->file.set_published(sequence);
}

}  // namespace kevent::log

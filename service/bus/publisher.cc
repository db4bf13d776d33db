// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/publisher.h"

#include <utility>

#include "service/base/logging.h"

namespace kevent::bus {
namespace {

void log_failed(const base::Error& error) {
  base::log_error("keep the published mark: " + error.message());
}

}  // namespace

Publisher::Publisher(log::EventLog& log, Callbacks callbacks)
    : log_(log), callbacks_(std::move(callbacks)) {}

void Publisher::attach(BusSession* session) {
  session_ = session;
  waiting_ = false;
  run();
}

void Publisher::run() {
  if (session_ == nullptr || session_->broken() || waiting_) return;
  const std::uint64_t mark = log_.published();
  const auto answer = log_.read(mark, {}, kBatch);
  if (answer.events.empty()) return;

  waiting_ = true;
  if (const std::uint64_t first = answer.events.front().sequence; first > mark + 1) {
    if (const auto status = log_.set_published(first - 1); !status) log_failed(status.error());
    callbacks_.overwritten(first - mark - 1);
    // Among them may be those that the exported objects should have followed.
    session_->give_up("the log has overwritten events that were not published");
    return;
  }
  for (const event::Event& event : answer.events) session_->publish(event);
  session_->confirm([this, last = answer.next] { confirmed(last); });
}

void Publisher::confirmed(std::uint64_t sequence) {
  waiting_ = false;
  if (const auto status = log_.set_published(sequence); !status) log_failed(status.error());
  run();
  callbacks_.progressed();
}

}  // namespace kevent::bus

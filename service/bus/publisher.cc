// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/publisher.h"

#include <utility>

#include "lib/base/logging.h"

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
  ++attachments_;
  sent_ = asked_ = log_.published();
  damaged_ = 0;
  run();
}

bool Publisher::can_send() const {
  return session_ != nullptr && !session_->broken() && under_way() < kWindow;
}

void Publisher::appended(const event::Event& event) {
  if (event.sequence == sent_ + 1) {
    if (can_send()) send(event);
  } else {
    run();
  }
}

void Publisher::run() {
  while (can_send() && sent_ < log_.last_sequence()) {
    const auto answer = log_.read(sent_, {}, kWindow - under_way());
    if (answer.events.empty() || overwritten(answer.events.front().sequence)) return;
    if (answer.damaged) damaged_ = answer.next;
    for (const event::Event& event : answer.events) {
      if (!session_->broken()) send(event);
    }
  }
}

void Publisher::send(const event::Event& event) {
  session_->publish(event);
  sent_ = event.sequence;
  if (sent_ - asked_ >= kBatch) ask();
}

// The session is given up: among what is gone may be what the exported objects should have
// followed.
bool Publisher::overwritten(std::uint64_t first) {
  if (first == sent_ + 1) return false;
  const std::uint64_t count = first - sent_ - 1;
  if (const auto status = log_.set_published(first - 1); !status) log_failed(status.error());
  sent_ = asked_ = first - 1;
  session_->give_up("the log has overwritten events that were not published");
  callbacks_.overwritten(count);
  return true;
}

void Publisher::ask() {
  if (session_ == nullptr || session_->broken() || !unasked()) return;
  asked_ = sent_;
  session_->confirm(
      [this, sequence = sent_, attachment = attachments_] { confirmed(sequence, attachment); });
}

// An answer from before attach() confirms what was sent without the name.
void Publisher::confirmed(std::uint64_t sequence, std::uint64_t attachment) {
  if (attachment != attachments_) return;
  if (const auto status = log_.set_published(sequence); !status) log_failed(status.error());
  if (damaged_ != 0 && sequence >= damaged_) {
    session_->give_up("the objects have missed an event that the log could not read");
  }
  run();
  callbacks_.progressed();
}

}  // namespace kevent::bus

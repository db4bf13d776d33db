// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/status.h"

#include "gui/model/text.h"

namespace kevent::gui {
namespace {

namespace signal = event::signal;

constexpr std::size_t kMostOverheating = 256;
constexpr qsizetype kLongestProblem = 200;

}  // namespace

void Status::history(const event::Event& event) {
  if (!is_of_kernel(event)) return;
  if (event.group == event::Group::kHotplug && event.signal == signal::kRemove) {
    overheating_.erase(event.object);
  }
  if (event.group != event::Group::kPower) return;
  const std::string level = event.details.text_bytes(event::key::kLevel).value_or(std::string());
  const auto known = overheating_.find(event.object);
  if (event.signal == signal::kNormal && known != overheating_.end()) {
    known->second.erase(level);
    if (known->second.empty()) overheating_.erase(known);
  }
  if (event.signal == signal::kOverheating &&
      (known != overheating_.end() || overheating_.size() < kMostOverheating)) {
    overheating_[event.object].insert(level);
  }
}

void Status::event(const event::Event& event) {
  history(event);
  if (event::is_events_lost(event) && is_of_kernel(event)) lost_ = true;
}

void Status::presence(bool present, const QString& problem) {
  present_ = present;
  problem_ = problem;
}

void Status::seen() {
  lost_ = false;
  told_ = false;
}

TrayState Status::state() const {
  if (!present_) return TrayState::kServiceAway;
  if (!overheating_.empty()) return TrayState::kOverheating;
  if (lost_) return TrayState::kEventsLost;
  return told_ ? TrayState::kNotice : TrayState::kQuiet;
}

QString Status::tooltip() const {
  if (!present_) {
    return problem_.isEmpty() ? tr("The service of the kernel's events is away")
                              : tr("The service of the kernel's events is away: %1")
                                    .arg(text_of(problem_, kLongestProblem));
  }
  const QString headline = state_text();
  const Zone* hottest = temperatures_.hottest();
  if (hottest == nullptr) return headline;
  const QString degrees = temperature_text(hottest->readings.back().millidegrees, fahrenheit_);
  return headline + QLatin1Char('\n') + tr("Hottest: %1, %2").arg(hottest->name, degrees);
}

QString Status::state_text() const {
  switch (state()) {
    case TrayState::kOverheating:
      return overheating_text();
    case TrayState::kEventsLost:
      return tr("Events were lost");
    case TrayState::kNotice:
      return tr("There is something new");
    case TrayState::kQuiet:
    case TrayState::kServiceAway:
      break;
  }
  return tr("The kernel is quiet");
}

QString Status::overheating_text() const {
  if (overheating_.size() > 1) {
    return tr("%n object(s) overheating", nullptr, plural(overheating_.size()));
  }
  const std::string& object = overheating_.begin()->first;
  const Zone* zone = temperatures_.zone(object);
  return tr("%1 is overheating").arg(zone == nullptr ? last_element(object) : zone->name);
}

}  // namespace kevent::gui

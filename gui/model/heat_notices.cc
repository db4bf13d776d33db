// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/heat_notices.h"

#include <algorithm>

#include "gui/model/notice_key.h"
#include "gui/model/text.h"

namespace kevent::gui {
namespace {

namespace key = event::key;
namespace signal = event::signal;
using namespace std::chrono_literals;

// N3.
constexpr auto kFlapsWithin = 10min;
constexpr auto kCalmAfter = 2min;

QString key_of(const event::Event& event) {
  const auto* level = event.details.get<std::string>(key::kLevel);
  return notice_key("heat", level == nullptr ? event.object : event.object + ':' + *level);
}

std::optional<int> temperature_of(const event::Event& event) {
  const auto* temperature = event.details.get<std::int32_t>(key::kTemperature);
  return temperature == nullptr ? std::nullopt : std::optional<int>(*temperature);
}

}  // namespace

HeatNotices::Commands HeatNotices::event(const event::Event& event, const QString& name, Time at) {
  if (event.group != event::Group::kPower) return {};
  const bool overheating = event.signal == signal::kOverheating;
  if (!overheating && event.signal != signal::kNormal) return {};
  const QString key = key_of(event);
  Zone* zone = overheating ? &zones_[key] : zones_.find(key);
  if (zone == nullptr) return {};
  zone->object = event.object;
  zone->name = name;
  return overheating ? overheats(key, *zone, event, at) : cools(key, *zone, event, at);
}

HeatNotices::Commands HeatNotices::overheats(const QString& key, Zone& zone,
                                             const event::Event& event, Time at) {
  const bool again = !zone.hot && zone.normal_at && at - *zone.normal_at < kFlapsWithin;
  zone.flapping = zone.flapping || again;
  const std::optional<int> temperature = temperature_of(event);
  zone.peak = zone.flapping ? std::max(zone.peak, temperature) : temperature;
  zone.trip_type = event.details.text_bytes(key::kTripType).value_or(std::string());
  zone.hot = true;
  return {overheating(key, zone)};
}

HeatNotices::Commands HeatNotices::cools(const QString& key, Zone& zone, const event::Event& event,
                                         Time at) {
  if (!zone.hot) return {};
  zone.hot = false;
  zone.normal_at = at;
  if (zone.flapping) return {};
  return {back_to_normal(key, zone, temperature_of(event))};
}

HeatNotices::Commands HeatNotices::removed(const std::string& object) {
  Commands commands;
  for (const auto& [key, zone] : zones_) {
    if (zone.object == object) commands.emplace_back(CloseNotice{key});
  }
  for (const NoticeCommand& command : commands) zones_.erase(std::get<CloseNotice>(command).key);
  return commands;
}

HeatNotices::Commands HeatNotices::clear() {
  Commands commands;
  for (const auto& [key, zone] : zones_) commands.emplace_back(CloseNotice{key});
  zones_.clear();
  return commands;
}

HeatNotices::Commands HeatNotices::history_ended() {
  Commands commands;
  for (auto& [key, zone] : zones_) {
    zone.flapping = zone.flapping && zone.hot;
    if (zone.hot) commands.emplace_back(overheating(key, zone));
  }
  return commands;
}

HeatNotices::Commands HeatNotices::tick(Time now) {
  Commands commands;
  for (auto& [key, zone] : zones_) {
    if (!zone.flapping || zone.hot || now < *zone.normal_at + kCalmAfter) continue;
    zone.flapping = false;
    commands.emplace_back(back_to_normal(key, zone, std::nullopt));
  }
  return commands;
}

std::optional<HeatNotices::Time> HeatNotices::next_tick() const {
  std::optional<Time> next;
  for (const auto& [key, zone] : zones_) {
    if (!zone.flapping || zone.hot) continue;
    const Time due = *zone.normal_at + kCalmAfter;
    next = next ? std::min(*next, due) : due;
  }
  return next;
}

Notice HeatNotices::overheating(const QString& key, const Zone& zone) const {
  Notice notice;
  notice.kind = NoticeKind::kOverheating;
  notice.key = key;
  notice.title = zone.flapping ? tr("%1 overheats again and again").arg(zone.name)
                               : tr("%1 is overheating").arg(zone.name);
  notice.body = heat_text(zone);
  notice.icon = QStringLiteral("dialog-warning");
  notice.urgency = Urgency::kCritical;
  notice.stays = true;
  notice.actions = {Action::kShow};
  notice.object = zone.object;
  return notice;
}

Notice HeatNotices::back_to_normal(const QString& key, const Zone& zone,
                                   std::optional<int> millidegrees) const {
  Notice notice;
  notice.kind = NoticeKind::kOverheating;
  notice.key = key;
  notice.title = tr("%1 is back to normal").arg(zone.name);
  if (millidegrees) notice.body = temperature_text(*millidegrees, fahrenheit_);
  notice.icon = QStringLiteral("dialog-information");
  notice.urgency = Urgency::kLow;
  notice.object = zone.object;
  return notice;
}

QString HeatNotices::heat_text(const Zone& zone) const {
  const QString trip = text_of(zone.trip_type);
  if (!zone.peak) {
    return trip.isEmpty() ? tr("It slows down to cool.") : tr("Trip: %1.").arg(trip);
  }
  const QString degrees = temperature_text(*zone.peak, fahrenheit_);
  if (zone.flapping) {
    return trip.isEmpty() ? tr("Up to %1.").arg(degrees)
                          : tr("Up to %1. Trip: %2.").arg(degrees, trip);
  }
  if (trip.isEmpty()) return degrees;
  if (zone.trip_type == "passive") {
    return tr("%1, above the passive trip: it is slowed down to cool.").arg(degrees);
  }
  if (zone.trip_type == "hot") return tr("%1, above the hot trip.").arg(degrees);
  if (zone.trip_type == "critical") {
    return tr("%1, above the critical trip: the machine may switch itself off.").arg(degrees);
  }
  return tr("%1, above the trip: %2.").arg(degrees, trip);
}

}  // namespace kevent::gui

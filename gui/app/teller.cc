// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/app/teller.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace kevent::gui {
namespace {

Moment now() {
  return {.steady = Notices::Clock::now(), .wall = QDateTime::currentDateTime()};
}

}  // namespace

Teller::Teller(QDBusConnection session, Notices::NameOf name_of, QObject* parent)
    : QObject(parent), notices_(std::move(name_of)), server_(std::move(session)) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, [this] {
    notices_.tick(now());
    deliver();
  });
  connect(&server_, &NotificationServer::action_invoked, this, &Teller::action_invoked);
  connect(&server_, &NotificationServer::undelivered, this, &Teller::undelivered);
  connect(&server_, &NotificationServer::closed, this,
          [this](const QString& key) { notices_.closed(key); });
}

void Teller::set_settings(const Settings& settings) {
  notices_.set_settings(settings);
}

void Teller::take(const std::vector<client::Item>& items, bool history) {
  const Moment moment = now();
  for (const client::Item& item : items) take_one(item, history, moment);
  deliver();
}

void Teller::end_history() {
  notices_.history_ended(now());
  deliver();
}

void Teller::ejected(const std::string& object) {
  notices_.ejected(object, now());
  deliver();
}

void Teller::eject_failed(const std::string& object, const QString& problem) {
  notices_.eject_failed(object, problem, now());
  deliver();
}

void Teller::mount_failed(const std::string& object, const QString& problem) {
  notices_.mount_failed(object, problem, now());
  deliver();
}

void Teller::take_one(const client::Item& item, bool history, const Moment& moment) {
  if (const auto* event = std::get_if<event::Event>(&item)) {
    if (history) {
      notices_.history(*event, moment);
    } else {
      notices_.event(*event, moment);
    }
  } else if (const auto* overwritten = std::get_if<client::Overwritten>(&item)) {
    if (!history) notices_.overwritten(overwritten->count, moment);
  } else {
    notices_.new_log();
  }
}

void Teller::deliver() {
  bool shown = false;
  for (const NoticeCommand& command : notices_.take()) {
    if (const auto* notice = std::get_if<Notice>(&command)) {
      server_.show(*notice);
      shown = true;
    } else {
      server_.close(std::get<CloseNotice>(command).key);
    }
  }
  if (const auto next = notices_.next_tick()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - Notices::Clock::now());
    timer_.start(std::max(left, std::chrono::milliseconds::zero()));
  } else {
    timer_.stop();
  }
  if (shown) Q_EMIT told();
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/tray_menu.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "gui/model/text.h"
#include "gui/tray/action_text.h"
#include "gui/tray/pause.h"

namespace kevent::gui {

TrayMenu::TrayMenu(const EventsModel& events, QWidget* parent)
    : QMenu(parent), model_(events), state_line_(addAction(QString())) {
  state_line_->setEnabled(false);
  addSeparator();
  add_events();
  addSeparator();
  add_told();
  add_pause();
  addSeparator();
  connect(addAction(tr("&Open Kernel Events")), &QAction::triggered, this,
          &TrayMenu::window_requested);
  connect(addAction(tr("&Settings…")), &QAction::triggered, this, &TrayMenu::settings_requested);
  connect(addAction(tr("&Quit")), &QAction::triggered, this, &TrayMenu::quit_requested);

  update_.setSingleShot(true);
  connect(&update_, &QTimer::timeout, this, &TrayMenu::show_events);
  connect(&events, &QAbstractItemModel::rowsInserted, this,
          [this](const QModelIndex&, int first, int last) { take_rows(first, last); });
  // A pause may have ended.
  connect(this, &QMenu::aboutToShow, this, &TrayMenu::show_settings);
  show_settings();
}

void TrayMenu::set_state_line(const QString& text) {
  state_line_->setText(action_text(text));
}

void TrayMenu::set_settings(const Settings& settings) {
  settings_ = settings;
  show_settings();
}

void TrayMenu::add_events() {
  no_events_ = addAction(tr("No events yet"));
  no_events_->setEnabled(false);
  for (std::size_t place = 0; place < kEvents; ++place) {
    events_[place] = addAction(QString());
    events_[place]->setVisible(false);
    connect(events_[place], &QAction::triggered, this, [this, place] {
      if (place < latest_.size()) Q_EMIT event_requested(latest_[place].sequence);
    });
  }
}

void TrayMenu::add_told() {
  QMenu* menu = addMenu(tr("&Tell me about"));
  add_told_kind(*menu, tr("&Overheating"), &Told::overheating);
  add_told_kind(*menu, tr("&Mounted and unmounted"), &Told::mounts);
  add_told_kind(*menu, tr("Media &changes"), &Told::media);
  add_told_kind(*menu, tr("&Errors"), &Told::errors);
  add_told_kind(*menu, tr("&Lost events"), &Told::lost);
}

void TrayMenu::add_told_kind(QMenu& menu, const QString& text, bool Told::*kind) {
  QAction* action = menu.addAction(text);
  action->setCheckable(true);
  told_.emplace_back(action, kind);
  connect(action, &QAction::triggered, this, [this, kind](bool checked) {
    settings_.told.*kind = checked;
    Q_EMIT settings_changed(settings_);
  });
}

void TrayMenu::add_pause() {
  pause_ = addMenu(QString());
  connect(pause_->addAction(tr("For an &hour")), &QAction::triggered, this,
          [this] { change_pause(an_hour_after(QDateTime::currentDateTime())); });
  connect(pause_->addAction(tr("Until &tomorrow")), &QAction::triggered, this,
          [this] { change_pause(tomorrow_after(QDateTime::currentDateTime())); });
  resume_ = pause_->addAction(tr("&Resume"));
  connect(resume_, &QAction::triggered, this, [this] { change_pause({}); });
}

void TrayMenu::take_rows(int first, int last) {
  std::size_t place = 0;
  for (int row = first; row <= last && place < kEvents; ++row) {
    const event::Event* event = model_.event_at(row);
    if (event == nullptr || event->priority > event::priority::kNotice) continue;
    const auto at = latest_.begin() + static_cast<std::ptrdiff_t>(place++);
    latest_.insert(at, {event->sequence, model_.text(row, EventsModel::kWhat)});
  }
  latest_.resize(std::min(latest_.size(), kEvents));
  if (place > 0 && !update_.isActive()) update_.start(kUpdateTime);
}

void TrayMenu::show_events() {
  no_events_->setVisible(latest_.empty());
  for (std::size_t place = 0; place < latest_.size(); ++place) {
    events_[place]->setText(action_text(latest_[place].text));
    events_[place]->setVisible(true);
  }
}

void TrayMenu::show_settings() {
  for (const auto& [action, kind] : told_) action->setChecked(settings_.told.*kind);
  const bool paused = is_paused(settings_, QDateTime::currentDateTime());
  pause_->setTitle(paused ? tr("&Paused until %1").arg(pause_end_text(settings_.paused_until))
                          : tr("&Pause notices"));
  resume_->setEnabled(paused);
}

void TrayMenu::change_pause(const QDateTime& until) {
  settings_.paused_until = until;
  show_settings();
  Q_EMIT settings_changed(settings_);
}

}  // namespace kevent::gui

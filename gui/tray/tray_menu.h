// SPDX-License-Identifier: LGPL-2.1-or-later
// The tray icon's menu: the state, the last events worth seeing, what to be told of, pause, the
// window. A panel may show it by D-Bus, far from us: so it is kept up to date all the time, not
// when it opens, and it holds plain actions only.
//
// Rules:
//   T1  The last kEvents events of priority 5 and worse, the newest first.
//   T2  They change at most once in kUpdateTime: a burst does not fill the bus with menus.
#pragma once

#include <QMenu>
#include <QTimer>
#include <array>
#include <chrono>
#include <cstdint>
#include <deque>

#include "gui/model/events_model.h"
#include "gui/model/settings.h"

namespace kevent::gui {

class TrayMenu : public QMenu {
  Q_OBJECT

 public:
  static constexpr std::size_t kEvents = 10;
  static constexpr std::chrono::milliseconds kUpdateTime{500};

  // `events` outlives the menu.
  explicit TrayMenu(const EventsModel& events, QWidget* parent = nullptr);

  // The state in a line of plain text.
  void set_state_line(const QString& text);
  void set_settings(const Settings& settings);

 Q_SIGNALS:
  void event_requested(quint64 sequence);
  void window_requested();
  // What to be told of, or pause.
  void settings_changed(const kevent::gui::Settings& settings);
  void settings_requested();
  void quit_requested();

 private:
  struct Shown {
    std::uint64_t sequence = 0;
    QString text;
  };

  void add_events();
  void add_told();
  void add_told_kind(QMenu& menu, const QString& text, bool Told::*kind);
  void add_pause();
  void take_rows(int first, int last);
  void show_events();
  void show_settings();
  void change_pause(const QDateTime& until);

  const EventsModel& model_;
  Settings settings_;
  std::deque<Shown> latest_;  // the newest first
  QTimer update_;
  QAction* state_line_;
  QAction* no_events_ = nullptr;
  std::array<QAction*, kEvents> events_{};
  std::vector<std::pair<QAction*, bool Told::*>> told_;
  QMenu* pause_ = nullptr;
  QAction* resume_ = nullptr;
};

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
// The tray icon's menu: the state, the last events worth seeing, what to be told of, pause, the
// window. A panel may show it by D-Bus, far from us: so it is kept up to date all the time, not
// when it opens, and it holds plain actions only.
#pragma once

#include <QMenu>
#include <QTimer>
#include <array>
#include <deque>

#include "gui/model/events_model.h"
#include "gui/model/settings.h"

namespace kevent::gui {

class TrayMenu : public QMenu {
  Q_OBJECT

 public:
  static constexpr std::size_t kEvents = 10;

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
};

}  // namespace kevent::gui

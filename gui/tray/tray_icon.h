// SPDX-License-Identifier: LGPL-2.1-or-later
// The icon in the tray: StatusNotifierItem where the desktop has it, XEmbed where not
// (QSystemTrayIcon chooses), in the state of the TrayState, with a tooltip. A click asks for the
// window.
#pragma once

#include <QSystemTrayIcon>

#include "gui/model/notice.h"
#include "gui/model/tray_state.h"
#include "gui/tray/tray_menu.h"

namespace kevent::gui {

class TrayIcon : public QSystemTrayIcon {
  Q_OBJECT

 public:
  // `menu` outlives the icon.
  explicit TrayIcon(TrayMenu& menu, QObject* parent = nullptr);

  // `tooltip`: plain text.
  void show_state(TrayState state, const QString& tooltip);
  // As a balloon, where no notification server is.
  void show_notice(const Notice& notice);

 Q_SIGNALS:
  void window_requested();

 private:
  TrayState state_ = TrayState::kQuiet;
};

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
// The icon in the tray: StatusNotifierItem where the desktop has it, XEmbed where not
// (QSystemTrayIcon chooses), in the state of the TrayState, with a tooltip.
#pragma once

#include <QSystemTrayIcon>

#include "gui/model/tray_state.h"

namespace kevent::gui {

class TrayIcon : public QSystemTrayIcon {
  Q_OBJECT

 public:
  using QSystemTrayIcon::QSystemTrayIcon;

  void show_state(TrayState state, const QString& tooltip);
};

}  // namespace kevent::gui

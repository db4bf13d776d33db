// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/tray_icon.h"

namespace kevent::gui {

TrayIcon::TrayIcon(TrayMenu& menu, QObject* parent) : QSystemTrayIcon(parent) {
  setContextMenu(&menu);
  connect(this, &QSystemTrayIcon::activated, this, [this](ActivationReason reason) {
    if (reason == Trigger) Q_EMIT window_requested();
  });
}

void TrayIcon::show_state(TrayState state, const QString& tooltip) {
  state_ = state;
  setToolTip(tooltip);
}

void TrayIcon::show_notice(const Notice& notice) {
  showMessage(notice.title, notice.body);
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/tray_icon.h"

#include "gui/tray/icons.h"

namespace kevent::gui {
namespace {

QSystemTrayIcon::MessageIcon message_icon(Urgency urgency) {
  return urgency == Urgency::kCritical ? QSystemTrayIcon::Critical : QSystemTrayIcon::Information;
}

}  // namespace

TrayIcon::TrayIcon(TrayMenu& menu, QObject* parent) : QSystemTrayIcon(parent) {
  setContextMenu(&menu);
  setIcon(state_icon(state_));
  connect(this, &QSystemTrayIcon::activated, this, [this](ActivationReason reason) {
    if (reason == Trigger) Q_EMIT window_requested();
  });
  connect(this, &QSystemTrayIcon::messageClicked, this, &TrayIcon::window_requested);
}

void TrayIcon::show_state(TrayState state, const QString& tooltip) {
  if (state != state_) {
    state_ = state;
    setIcon(state_icon(state));
  }
  // Qt looks for markup in the first line alone: foreign text does not begin there.
  setToolTip(tr("Kernel events") + QLatin1Char('\n') + tooltip);
}

void TrayIcon::show_notice(const Notice& notice) {
  showMessage(notice.title, notice.body, message_icon(notice.urgency));
}

}  // namespace kevent::gui

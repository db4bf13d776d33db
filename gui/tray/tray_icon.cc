// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/tray_icon.h"

namespace kevent::gui {

void TrayIcon::show_state(TrayState /*state*/, const QString& tooltip) {
  setToolTip(tooltip);
}

}  // namespace kevent::gui

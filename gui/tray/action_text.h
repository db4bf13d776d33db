// SPDX-License-Identifier: LGPL-2.1-or-later
// Foreign text in a menu or on a tab.
#pragma once

#include <QString>

namespace kevent::gui {

// Plain text as an action's: an ampersand stays one, and names no key.
inline QString action_text(QString text) {
  return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
// What the tray icon says at a glance; of several that hold, the worst.
#pragma once

namespace kevent::gui {

enum class TrayState { kQuiet, kNotice, kEventsLost, kOverheating, kServiceAway };

}  // namespace kevent::gui

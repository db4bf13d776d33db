// SPDX-License-Identifier: LGPL-2.1-or-later
// The icons: the states of the tray as symbols of one colour, and the program's own. A symbol
// carries the name that it has in the icon theme, where it is installed, so a panel that takes
// names draws it in its own colours; for all others it is drawn in the palette's text colour.
#pragma once

#include <QIcon>

#include "gui/model/tray_state.h"

namespace kevent::gui {

QIcon state_icon(TrayState state);
QIcon program_icon();

}  // namespace kevent::gui

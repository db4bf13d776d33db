// SPDX-License-Identifier: LGPL-2.1-or-later
// When a pause ends, as the menu and the settings offer it. Time is an argument.
#pragma once

#include <QDateTime>
#include <QString>

#include "gui/model/settings.h"

namespace kevent::gui {

QDateTime an_hour_after(const QDateTime& now);
// The morning of the next day, 6 o'clock.
QDateTime tomorrow_after(const QDateTime& now);

bool is_paused(const Settings& settings, const QDateTime& now);

// Day and time, as the locale writes them.
QString pause_end_text(const QDateTime& until);

}  // namespace kevent::gui

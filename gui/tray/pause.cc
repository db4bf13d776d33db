// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/pause.h"

#include <QLocale>

namespace kevent::gui {

QDateTime an_hour_after(const QDateTime& now) {
  constexpr qint64 kHour = 3600;
  return now.addSecs(kHour);
}

QDateTime tomorrow_after(const QDateTime& now) {
  constexpr int kMorning = 6;
  return {now.date().addDays(1), QTime(kMorning, 0)};
}

bool is_paused(const Settings& settings, const QDateTime& now) {
  return settings.paused_until.isValid() && settings.paused_until > now;
}

QString pause_end_text(const QDateTime& until) {
  return QLocale().toString(until, QLocale::ShortFormat);
}

}  // namespace kevent::gui

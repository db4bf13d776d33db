// SPDX-License-Identifier: LGPL-2.1-or-later
// What the user has chosen, as a value; kept by QSettings in kevent/tray.conf of the user's
// configuration folder.
#pragma once

#include <QDateTime>
#include <QSettings>

namespace kevent::gui {

// The kinds of notices that one can switch off.
struct Told {
  bool overheating = true;
  bool mounts = true;
  bool media = true;
  bool errors = true;  // of filesystems, disks and arrays
  bool lost = true;    // events lost
  bool operator==(const Told&) const = default;
};

struct Settings {
  Told told;
  QDateTime paused_until;   // null or past: not paused. Overheating is told all the same
  bool fahrenheit = false;  // temperatures in the window and in notices
  bool operator==(const Settings&) const = default;

  static Settings load(const QSettings& store);
  void save(QSettings& store) const;
};

}  // namespace kevent::gui

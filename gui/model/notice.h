// SPDX-License-Identifier: LGPL-2.1-or-later
// What a person is told, as a value: made by Notices from events, shown by whoever can (the
// notification server, or the tray where there is none). All text is plain: whoever shows it as
// markup escapes it.
#pragma once

#include <QString>
#include <string>
#include <variant>
#include <vector>

namespace kevent::gui {

// What a notice is about: what can be switched off, and what a summary counts.
enum class NoticeKind {
  kOverheating,
  kMount,
  kMedium,
  kError,
  kLost,
  kAnswer,  // to what the user has asked for: never switched off, never held back
};

enum class Urgency { kLow, kNormal, kCritical };

// What a person may do about it.
enum class Action {
  kOpen,   // the mount point in the file manager
  kMount,  // by udisks2
  kEject,  // unmount all of the drive and let it go, by udisks2
  kShow,   // the window, at this object
};

struct Notice {
  QString key;  // of one object and matter: a later notice with the same key replaces this one
  QString title;
  QString body;
  QString icon;  // the name of an icon in the theme
  Urgency urgency = Urgency::kNormal;
  bool stays = false;  // until it is replaced or closed
  std::vector<Action> actions;
  std::string object;       // kernel path
  std::string mount_point;  // for kOpen; bytes
  NoticeKind kind = NoticeKind::kMount;
  bool operator==(const Notice&) const = default;
};

// The notice of this key has nothing to say any more.
struct CloseNotice {
  QString key;
  bool operator==(const CloseNotice&) const = default;
};

using NoticeCommand = std::variant<Notice, CloseNotice>;

}  // namespace kevent::gui

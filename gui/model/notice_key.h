// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of notices. One matter of one object has one key, whichever part makes the notice, so
// that one part can close what another has told.
//
// Invariant: one to one for every byte string that a kernel path or a mount point can be.
#pragma once

#include <QString>
#include <string_view>

namespace kevent::gui {

inline QString notice_key(const char* matter, std::string_view bytes) {
  return QLatin1String(matter) + QLatin1Char(':') +
         QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

// What is in the drive, or in reach of it: media_change.
inline QString medium_key(std::string_view object) {
  return notice_key("medium", object);
}
// Whether the drive lets go: eject_request, and the answers to the user.
inline QString eject_key(std::string_view object) {
  return notice_key("eject", object);
}
inline QString mount_key(std::string_view mount_point) {
  return notice_key("mount", mount_point);
}

}  // namespace kevent::gui

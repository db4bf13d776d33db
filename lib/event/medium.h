// SPDX-License-Identifier: LGPL-2.1-or-later
// What is said of a medium: by a uevent, or by the kernel's events layer in its place.
#pragma once

#include "lib/event/event.h"

namespace kevent::event {

// media_change or eject_request.
inline bool is_about_medium(const Event& event) {
  return event.group == Group::kStorage &&
         (event.signal == signal::kMediaChange || event.signal == signal::kEjectRequest);
}

}  // namespace kevent::event

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/filter.h"

#include "lib/event/object_path.h"

namespace kevent::event {

bool Filter::matches(const Event& event) const {
  if (is_events_lost(event)) return true;
  return (!group || event.group == *group) && (!signal || event.signal == *signal) &&
         (!object || is_at_or_below(event.object, *object)) &&
         (!priority || event.priority <= *priority);
}

}  // namespace kevent::event

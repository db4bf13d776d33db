// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/event.h"

namespace kevent::event {

Event events_lost(std::string_view source, std::uint64_t count, std::uint64_t time_us) {
  Event event;
  event.time_us = time_us;
  event.group = Group::kGeneral;
  event.priority = priority::kError;
  event.signal = signal::kEventsLost;
  event.details.set(key::kSource, std::string(source));
  event.details.set(key::kCount, count);
  return event;
}

bool is_events_lost(const Event& event) {
  return event.group == Group::kGeneral && event.object == "/" &&
         event.signal == signal::kEventsLost;
}

}  // namespace kevent::event

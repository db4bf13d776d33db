// SPDX-License-Identifier: LGPL-2.1-or-later
// Events for the tests of what is on the screen.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/client/follower.h"
#include "lib/event/event.h"

namespace kevent::test {

inline event::Event sample_event(std::uint64_t sequence, const std::string& object,
                                 const std::string& signal,
                                 std::uint8_t priority = event::priority::kInfo,
                                 event::Group group = event::Group::kHotplug) {
  event::Event event;
  event.sequence = sequence;
  event.time_us = 1'700'000'000'000'000 + sequence;
  event.group = group;
  event.priority = priority;
  event.object = object;
  event.signal = signal;
  event.details.set(event::key::kSource, std::string("uevent"));
  return event;
}

inline std::vector<client::Item> sample_items(std::uint64_t first, std::uint64_t count) {
  std::vector<client::Item> items;
  for (std::uint64_t sequence = first; sequence < first + count; ++sequence) {
    items.emplace_back(sample_event(sequence, "/devices/virtual/block/loop0", "change"));
  }
  return items;
}

}  // namespace kevent::test

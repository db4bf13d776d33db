// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/device_differences.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;

using Devices = event::KernelState::Devices;

event::Event device_event(event::Group group, std::string_view signal, std::uint8_t priority,
                          const Devices::value_type& device, std::uint64_t time_us) {
  event::Event event;
  event.time_us = time_us;
  event.group = group;
  event.priority = priority;
  event.object = device.first;
  event.signal = signal;
  event.details.set(key::kSource, std::string("uevent"));
  event.details.set(key::kSynthesized, true);
  event::set_device_details(event.details, device.second);
  return event;
}

bool size_differs(const event::Device& before, const event::Device& after) {
  return after.subsystem == "block" && after.size && before.size != after.size;
}

}  // namespace

// In a map of paths a parent stands before its children: it is a prefix of them.
std::vector<event::Event> device_differences(const Devices& known, const Devices& found,
                                             std::uint64_t time_us) {
  std::vector<event::Event> events;
  for (auto device = known.rbegin(); device != known.rend(); ++device) {
    if (found.contains(device->first)) continue;
    events.push_back(
        device_event(event::Group::kHotplug, signal::kRemove, priority::kInfo, *device, time_us));
  }
  for (const auto& device : found) {
    const auto before = known.find(device.first);
    if (before == known.end()) {
      events.push_back(
          device_event(event::Group::kHotplug, signal::kAdd, priority::kInfo, device, time_us));
    } else if (size_differs(before->second, device.second)) {
      const bool medium = before->second.size.value_or(0) == 0 || device.second.size == 0;
      events.push_back(
          device_event(event::Group::kStorage, medium ? signal::kMediaChange : signal::kResize,
                       medium ? priority::kNotice : priority::kDebug, device, time_us));
    }
  }
  return events;
}

}  // namespace kevent::decode

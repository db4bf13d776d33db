// SPDX-License-Identifier: LGPL-2.1-or-later
// Two states of the devices -> the events that must have happened in between. Pure.
//
// Rules:
//   D1  Known but not found: `remove`, children before parents. Found but not known: `add`, parents
//       before children. Both priority 6, group Hotplug. Removes first.
//   D2  A block device whose size differs: Storage `media_change` (priority 5) when one of
//       the sizes is 0 or the known one is unknown, else `resize` (7), with the Size found. A
//       size that was not found is no difference.
//   D3  Every event has Source "uevent", Synthesized = true and set_device_details().
#pragma once

#include <cstdint>
#include <vector>

#include "lib/event/event.h"
#include "lib/event/kernel_state.h"

namespace kevent::decode {

std::vector<event::Event> device_differences(const event::KernelState::Devices& known,
                                             const event::KernelState::Devices& found,
                                             std::uint64_t time_us);

}  // namespace kevent::decode

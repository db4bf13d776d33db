// SPDX-License-Identifier: LGPL-2.1-or-later
// A sink that keeps what it is told, and the state that this adds up to, as the service does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lib/event/kernel_state.h"
#include "service/source/source.h"

namespace kevent::source {

class RecordingSink final : public Sink {
 public:
  void record(event::Event event) override {
    state.apply(event);
    events.push_back(std::move(event));
  }
  void refresh(const std::string& object) override { refreshed.push_back(object); }
  void absorb_uevent(std::uint64_t seqnum) override {
    state.set_uevent_seqnum(std::max(state.uevent_seqnum(), seqnum));
  }
  // What the kernel itself has said meanwhile.
  bool catch_up() override {
    if (!kernel_has_room) return false;
    for (event::Event& event : kernel_says) record(std::move(event));
    kernel_says.clear();
    return true;
  }
  // What has been mounted and unmounted meanwhile.
  void catch_up_mounts() override {
    if (auto waiting = std::exchange(mounts_that_wait, nullptr)) waiting(*this);
  }
  void kernel_compared() override { state.set_kernel_missed(false); }

  event::KernelState state;
  std::vector<event::Event> events;
  std::vector<std::string> refreshed;
  std::vector<event::Event> kernel_says;
  bool kernel_has_room = true;  // for that
  std::function<void(RecordingSink&)> mounts_that_wait;
};

}  // namespace kevent::source

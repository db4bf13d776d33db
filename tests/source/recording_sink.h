// SPDX-License-Identifier: LGPL-2.1-or-later
// A sink that keeps what it is told, and the state that this adds up to, as the service does.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "service/event/kernel_state.h"
#include "service/source/source.h"

namespace kevent::source {

class RecordingSink final : public Sink {
 public:
  void record(event::Event event) override {
    state.apply(event);
    events.push_back(std::move(event));
  }
  void refresh(const std::string& object) override { refreshed.push_back(object); }

  event::KernelState state;
  std::vector<event::Event> events;
  std::vector<std::string> refreshed;
};

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/system/witness.h"

#include <string_view>

namespace kevent::system {

Witness::Witness(const std::string& address) : bus_(address) {
  for (const char* group : {"General", "Storage", "Power", "Fs", "Hotplug"}) {
    bus_.subscribe(std::string("type='signal',sender='") + support::kService + "',interface='" +
                       support::kService + "." + group + "'",
                   [this](sd_bus_message* signal) { take(signal); });
  }
}

std::string Witness::unique_name() const {
  const char* name = nullptr;
  sd_bus_get_unique_name(bus_.raw(), &name);
  return name;
}

void Witness::take(sd_bus_message* signal) {
  std::uint64_t sequence = 0;
  sd_bus_message_read(signal, "t", &sequence);
  if (sequence <= last_sequence_) {
    ++repeated_;
    return;
  }
  missed_ += last_sequence_ == 0 ? 0 : sequence - last_sequence_ - 1;
  losses_ += sd_bus_message_get_member(signal) == std::string_view("events_lost") ? 1U : 0U;
  last_sequence_ = sequence;
  ++heard_;
}

}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/bus_probe.h"

#include <utility>

namespace kevent::bus {
namespace {

int open_address(sd_bus** bus, const std::string& address) {
  int result = sd_bus_new(bus);
  if (result >= 0) result = sd_bus_set_address(*bus, address.c_str());
  if (result >= 0) result = sd_bus_set_bus_client(*bus, 1);
  if (result >= 0) result = sd_bus_start(*bus);
  return result;
}

// None of these waits for the bus.
int open_bus(sd_bus** bus, const std::string& name) {
  if (name == "system") return sd_bus_open_system(bus);
  if (name == "session") return sd_bus_open_user(bus);
  return open_address(bus, name);
}

}  // namespace

base::Result<BusProbe> BusProbe::start(const std::string& bus) {
  BusProbe probe;
  const int result = probe.connect(bus);
  if (result < 0) return base::Error{-result, "connect to the bus \"" + bus + "\""};
  return probe;
}

int BusProbe::connect(const std::string& bus) {
  sd_event* event = nullptr;
  int result = sd_event_new(&event);
  event_.reset(event);
  if (result < 0) return result;
  sd_bus* opened = nullptr;
  result = open_bus(&opened, bus);
  bus_.reset(opened);
  if (result < 0) return result;
  return sd_bus_attach_event(opened, event, SD_EVENT_PRIORITY_NORMAL);
}

// A failure of the event loop counts as an answer: opening the session then says what is wrong.
bool BusProbe::answered() {
  int result = 0;
  while ((result = sd_event_run(event_.get(), 0)) > 0) {
  }
  return result < 0 || sd_bus_is_ready(bus_.get()) > 0 || sd_bus_is_open(bus_.get()) <= 0;
}

}  // namespace kevent::bus

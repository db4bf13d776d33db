// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/raw_bus.h"

namespace kevent::bus {
namespace {

// sdbus::Message keeps its sd_bus_message from all but what derives from it.
struct Peek : sdbus::Message {
  static sd_bus_message* raw(const sdbus::Message& message) {
    return static_cast<sd_bus_message*>(message.*(&Peek::msg_));
  }
};

}  // namespace

// A message knows its connection; this one is never sent.
sd_bus* raw_bus(sdbus::IConnection& connection) {
  const auto object = sdbus::createObject(connection, "/");
  const auto message = object->createSignal("org.kernel.Events1.Unsent", "unsent");
  return sd_bus_message_get_bus(raw_message(message));
}

sd_bus_message* raw_message(const sdbus::Message& message) {
  return Peek::raw(message);
}

void check(int result, const char* what) {
  if (result < 0) throw sdbus::createError(-result, what);
}

}  // namespace kevent::bus

// SPDX-License-Identifier: LGPL-2.1-or-later
// Messages of the `kevent` generic netlink family, put together as its specification
// (Documentation/netlink/specs/kevent.yaml of the patch series) says: no kernel has sent them.
#pragma once

#include <linux/kevent.h>

#include <cstdint>
#include <optional>
#include <string>

#include "service/decode/kernel_event.h"
#include "tests/decode/netlink_message.h"

namespace kevent::decode {

// What an event says; what is nothing is left out.
struct KernelFields {
  std::optional<std::uint64_t> sequence = 1;
  std::optional<std::uint64_t> time_ns = 0;
  std::optional<std::uint32_t> type = KEVENT_TYPE_STORAGE;
  std::optional<std::string> object = "/devices/virtual/block/loop0";
  std::optional<std::string> signal = KEVENT_SIGNAL_MEDIA_CHANGE;
  std::optional<std::string> subsystem;
  std::optional<std::string> text;
  std::optional<std::uint32_t> flags;
};

// An integer of the specification's type `uint`: as short as its value allows.
inline void add_uint(NetlinkMessage& message, std::uint16_t type, std::uint64_t value) {
  if (value <= UINT32_MAX) {
    message.number(type, static_cast<std::uint32_t>(value));
  } else {
    message.number64(type, value);
  }
}

inline NetlinkMessage kernel_message(const KernelFields& fields,
                                     std::uint8_t command = KEVENT_CMD_EVENT_NTF) {
  NetlinkMessage message(command);
  if (fields.sequence) add_uint(message, KEVENT_A_EVENT_SEQUENCE, *fields.sequence);
  if (fields.time_ns) add_uint(message, KEVENT_A_EVENT_TIME, *fields.time_ns);
  if (fields.type) message.number(KEVENT_A_EVENT_TYPE, *fields.type);
  if (fields.object) message.text(KEVENT_A_EVENT_OBJECT, *fields.object);
  if (fields.signal) message.text(KEVENT_A_EVENT_SIGNAL, *fields.signal);
  if (fields.subsystem) message.text(KEVENT_A_EVENT_SUBSYSTEM, *fields.subsystem);
  if (fields.text) message.text(KEVENT_A_EVENT_TEXT, *fields.text);
  if (fields.flags) message.number(KEVENT_A_EVENT_FLAGS, *fields.flags);
  return message;
}

inline NetlinkMessage kernel_log_message(const KernelLog& log) {
  NetlinkMessage message(KEVENT_CMD_LOG_GET);
  add_uint(message, KEVENT_A_LOG_OLDEST, log.oldest);
  add_uint(message, KEVENT_A_LOG_LAST, log.last);
  add_uint(message, KEVENT_A_LOG_SIZE, 1 << 18);
  message.attribute(KEVENT_A_LOG_BOOT_ID, log.boot_id.data(), log.boot_id.size());
  return message;
}

}  // namespace kevent::decode

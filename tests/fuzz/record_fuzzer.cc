// SPDX-License-Identifier: LGPL-2.1-or-later
// Any bytes as a record of the log: what is taken is exactly one encoding.
#include "service/log/record.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = kevent::log::decode_event(std::as_bytes(std::span(data, size)));
  if (!event) return 0;
  std::string bytes;
  kevent::log::encode_event(*event, event->sequence, bytes);
  kevent::fuzz::holds(bytes == kevent::fuzz::text_of(data, size), "an event has one encoding");
  return 0;
}

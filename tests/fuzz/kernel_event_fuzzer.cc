// SPDX-License-Identifier: LGPL-2.1-or-later
// Any message of the kernel's events layer: what becomes of it can go over the bus.
#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "service/decode/kernel_event.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace decode = kevent::decode;
  namespace event = kevent::event;
  using kevent::fuzz::holds;
  const auto bytes = std::as_bytes(std::span(data, size));
  if (const auto log = decode::parse_kernel_log(bytes)) {
    holds(log->oldest > 0 && log->oldest - 1 <= log->last, "the oldest is at most last + 1");
  }
  const auto message = decode::parse_kernel_message(bytes, 1);
  holds(decode::kernel_sequence_of(bytes) == message.sequence, "the number is the same alone");
  if (message.kind != decode::KernelMessage::Kind::kEvent) return 0;

  const event::Event& made = message.event;
  holds(message.sequence != 0, "an event has a number");
  const auto* sequence = made.details.get<std::uint64_t>(event::key::kKernelSequence);
  holds(sequence != nullptr && *sequence == message.sequence, "it is in the details");
  holds(event::is_kernel_path(made.object), "the object is a kernel path");
  holds(!made.signal.empty() && made.priority <= 7, "signal and priority are there");
  for (const auto& [name, value] : made.details.entries()) {
    const auto* text = std::get_if<std::string>(&value);
    holds(text == nullptr || event::is_clean_text(*text), "details are text");
  }
  return 0;
}

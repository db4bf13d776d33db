// SPDX-License-Identifier: LGPL-2.1-or-later
// Any message of the uevent group: what is taken is the whole message, and what becomes of it can
// go over the bus.
#include <algorithm>
#include <set>
#include <string>

#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "service/decode/uevent.h"
#include "tests/fuzz/property.h"

namespace {

using kevent::event::Environment;
using kevent::fuzz::holds;
namespace event = kevent::event;
namespace key = kevent::event::key;

std::string entries_of(const kevent::decode::Uevent& uevent) {
  std::string entries;
  for (const auto& [name, value] : uevent.environment) entries += name + "=" + value + '\0';
  return entries;
}

void check_environment(const event::Details& details, const std::string& entries) {
  const auto& environment = *details.get<Environment>(key::kUevent);
  std::set<std::string> names;
  std::string told;
  for (const auto& [name, value] : environment) {
    holds(event::is_clean_text(name) && event::is_clean_text(value), "the environment is text");
    holds(names.insert(name).second, "no key stands twice");
    told += name + "=" + value + '\0';
  }
  if (const auto* bytes = details.get<event::Bytes>(key::kUeventBytes)) {
    holds(std::string(bytes->begin(), bytes->end()) == entries, "UeventBytes is the environment");
  } else {
    holds(told == entries, "without UeventBytes Uevent is the environment");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = kevent::fuzz::text_of(data, size);
  auto uevent = kevent::decode::parse_uevent(message);
  if (!uevent) return 0;

  const std::string entries = entries_of(*uevent);
  std::string whole = uevent->action + "@" + uevent->device_path + '\0' + entries;
  if (!message.ends_with('\0')) whole.pop_back();
  holds(whole == message, "the message is read whole");

  const auto made = kevent::decode::uevent_event(std::move(*uevent), std::nullopt, 1);
  holds(event::is_kernel_path(made.object), "the object is a kernel path");
  holds(!made.signal.empty() && made.priority <= 7, "signal and priority are there");
  for (const auto& [name, value] : made.details.entries()) {
    const auto* text = std::get_if<std::string>(&value);
    holds(text == nullptr || event::is_clean_text(*text), "details are text");
  }
  check_environment(made.details, entries);
  return 0;
}

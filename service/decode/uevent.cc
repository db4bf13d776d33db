// SPDX-License-Identifier: LGPL-2.1-or-later
// Runs once for every uevent of the machine, tens of thousands a second in a burst: one pass over
// the bytes, and an environment that needs no cleaning is moved, not copied.
#include "service/decode/uevent.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "lib/event/object_path.h"
#include "lib/event/text.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;

// What a message says: U3 and U4.
struct Meaning {
  event::Group group = event::Group::kHotplug;
  std::string_view signal;
  std::uint8_t priority = priority::kDebug;
};

std::optional<Meaning> storage_meaning(const Uevent& uevent) {
  if (uevent.action != signal::kChange || uevent.value("SUBSYSTEM") != "block") return std::nullopt;
  const auto storage = [](std::string_view name, std::uint8_t priority) {
    return Meaning{event::Group::kStorage, name, priority};
  };
  if (uevent.value("DISK_EJECT_REQUEST") == "1") {
    return storage(signal::kEjectRequest, priority::kDebug);
  }
  if (uevent.value("DISK_MEDIA_CHANGE") == "1") {
    return storage(signal::kMediaChange, priority::kNotice);
  }
  if (uevent.value("RESIZE") == "1") return storage(signal::kResize, priority::kDebug);
  const auto read_only = uevent.value("DISK_RO");
  if (read_only == "1") return storage(signal::kReadOnly, priority::kDebug);
  if (read_only == "0") return storage(signal::kReadWrite, priority::kDebug);
  return std::nullopt;
}

Meaning meaning_of(const Uevent& uevent) {
  if (const auto meaning = storage_meaning(uevent)) return *meaning;
  const bool comes_or_goes = uevent.action == signal::kAdd || uevent.action == signal::kRemove;
  return {event::Group::kHotplug, uevent.action,
          comes_or_goes ? priority::kInfo : priority::kDebug};
}

std::optional<std::uint32_t> parse_number(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  std::uint32_t number = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

void set_device(event::Details& details, const Uevent& uevent) {
  const auto set_text = [&](std::string_view name, std::string_view variable) {
    const auto value = uevent.value(variable);
    if (value && !value->empty()) details.set_text(name, *value);
  };
  set_text(key::kSubsystem, "SUBSYSTEM");
  set_text(key::kDeviceType, "DEVTYPE");
  if (const auto node = uevent.value("DEVNAME"); node && !node->empty()) {
    const std::string_view folder = node->starts_with("/dev/") ? "" : "/dev/";
    details.set_text(key::kDeviceNode, std::string(folder).append(*node));
  }
  const auto major = parse_number(uevent.value("MAJOR"));
  const auto minor = parse_number(uevent.value("MINOR"));
  if (major && minor) details.set(key::kDeviceNumber, event::DeviceNumber{*major, *minor});
  if (const auto old = uevent.value("DEVPATH_OLD"); old && event::is_kernel_path(*old)) {
    details.set_text(key::kOldObject, *old);
  }
}

bool has_key(const event::Environment& environment, std::string_view name) {
  return std::any_of(environment.begin(), environment.end(),
                     [&](const auto& entry) { return entry.first == name; });
}

bool fits_bus(const event::Environment& environment) {
  for (auto entry = environment.begin(); entry != environment.end(); ++entry) {
    if (!event::is_clean_text(entry->first) || !event::is_clean_text(entry->second)) return false;
    // The kernel allows 64 entries: a search of them is faster than a set.
    if (std::any_of(environment.begin(), entry,
                    [&](const auto& other) { return other.first == entry->first; })) {
      return false;
    }
  }
  return true;
}

void set_environment(event::Details& details, event::Environment environment) {
  if (fits_bus(environment)) {
    details.set(key::kUevent, std::move(environment));
    return;
  }
  event::Environment clean;
  event::Bytes bytes;
  for (const auto& [name, value] : environment) {
    bytes.insert(bytes.end(), name.begin(), name.end());
    bytes.push_back('=');
    bytes.insert(bytes.end(), value.begin(), value.end());
    bytes.push_back('\0');
    std::string clean_name = event::clean_text(name);
    if (!has_key(clean, clean_name)) {
      clean.emplace_back(std::move(clean_name), event::clean_text(value));
    }
  }
  details.set(key::kUevent, std::move(clean));
  details.set(key::kUeventBytes, std::move(bytes));
}

}  // namespace

std::optional<std::string_view> Uevent::value(std::string_view key) const {
  for (const auto& [name, text] : environment) {
    if (name == key) return text;
  }
  return std::nullopt;
}

std::optional<Uevent> parse_uevent(std::string_view message) {
  const std::size_t header_size = message.find('\0');
  if (header_size == message.npos) return std::nullopt;
  const std::string_view header = message.substr(0, header_size);
  message.remove_prefix(header_size + 1);

  const std::size_t at = header.find('@');
  if (at == header.npos || at == 0 || !event::is_kernel_path(header.substr(at + 1))) {
    return std::nullopt;
  }
  Uevent uevent{std::string(header.substr(0, at)), std::string(header.substr(at + 1)), {}};

  const auto entries = std::count(message.begin(), message.end(), '\0') + 1;
  uevent.environment.reserve(static_cast<std::size_t>(entries));
  while (!message.empty()) {
    const std::string_view entry = message.substr(0, message.find('\0'));
    const std::size_t equals = entry.find('=');
    if (equals == entry.npos) return std::nullopt;
    uevent.environment.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
    message.remove_prefix(std::min(entry.size() + 1, message.size()));
  }
  if (uevent.value("ACTION") != uevent.action) return std::nullopt;
  if (uevent.value("DEVPATH") != uevent.device_path) return std::nullopt;
  return uevent;
}

event::Event uevent_event(Uevent uevent, std::optional<std::uint64_t> size, std::uint64_t time_us) {
  const Meaning meaning = meaning_of(uevent);
  event::Event event;
  event.time_us = time_us;
  event.group = meaning.group;
  event.priority = meaning.priority;
  event.signal = meaning.signal;

  event.details.set(key::kSource, std::string("uevent"));
  if (event::member_name(event.signal) != event.signal) {
    event.details.set_text(key::kSignal, event.signal);
  }
  set_device(event.details, uevent);
  if (size) event.details.set(key::kSize, *size);
  set_environment(event.details, std::move(uevent.environment));
  event.object = std::move(uevent.device_path);
  return event;
}

}  // namespace kevent::decode

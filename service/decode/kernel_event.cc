// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/kernel_event.h"

#include <linux/genetlink.h>
#include <linux/kevent.h>
#include <netlink/attr.h>
#include <string.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "lib/event/object_path.h"

namespace kevent::decode {
namespace {

namespace key = event::key;
namespace priority = event::priority;
namespace signal = event::signal;

static_assert(sizeof(event::KernelBootId) == KEVENT_BOOT_ID_LEN);

constexpr int kLargest = std::max<int>(KEVENT_A_EVENT_MAX, KEVENT_A_LOG_MAX);

// The attributes of one message; libnl's policies know no integer of two possible lengths, so all
// lengths are checked here.
class Attributes {
 public:
  // A copy: libnl wants attributes that are aligned and not const. False when they are not whole.
  bool parse(std::span<const std::byte> payload) {
    bytes_.assign(payload.begin(), payload.end());
    return nla_parse(found_.data(), kLargest, reinterpret_cast<nlattr*>(bytes_.data()),
                     static_cast<int>(bytes_.size()), nullptr) >= 0;
  }

  bool has(std::size_t type) const { return found_[type] != nullptr; }

  std::optional<std::string_view> bytes(std::size_t type) const {
    if (!has(type)) return std::nullopt;
    return std::string_view(static_cast<const char*>(nla_data(found_[type])),
                            static_cast<std::size_t>(nla_len(found_[type])));
  }

  std::optional<std::uint64_t> number(std::size_t type) const {
    const auto value = bytes(type);
    if (!value) return std::nullopt;
    if (value->size() == sizeof(std::uint32_t)) return number_as<std::uint32_t>(*value);
    if (value->size() == sizeof(std::uint64_t)) return number_as<std::uint64_t>(*value);
    return std::nullopt;
  }

  std::optional<std::uint32_t> number_of_32_bits(std::size_t type) const {
    const auto value = bytes(type);
    if (!value || value->size() != sizeof(std::uint32_t)) return std::nullopt;
    return number_as<std::uint32_t>(*value);
  }

  // Without the NUL that ends it.
  std::optional<std::string_view> text(std::size_t type, std::size_t longest) const {
    auto value = bytes(type);
    if (!value) return std::nullopt;
    if (value->ends_with('\0')) value->remove_suffix(1);
    if (value->size() > longest || value->find('\0') != value->npos) return std::nullopt;
    return value;
  }

 private:
  template <typename T>
  static T number_as(std::string_view bytes) {
    T number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
  }

  std::vector<std::byte> bytes_;
  std::array<nlattr*, kLargest + 1> found_{};
};

// K3.
event::Group group_of(std::uint32_t type) {
  switch (type) {
    case KEVENT_TYPE_STORAGE:
      return event::Group::kStorage;
    case KEVENT_TYPE_POWER:
      return event::Group::kPower;
    case KEVENT_TYPE_FS:
      return event::Group::kFs;
    case KEVENT_TYPE_HOTPLUG:
      return event::Group::kHotplug;
    default:
      return event::Group::kGeneral;
  }
}

// K4. Nothing happens before 1970.
std::uint64_t realtime_us(std::uint64_t boot_time_ns, std::int64_t offset_us) {
  const auto boot_time_us = static_cast<std::int64_t>(boot_time_ns / 1000);
  std::int64_t time_us = 0;
  if (__builtin_add_overflow(boot_time_us, offset_us, &time_us) || time_us < 0) return 0;
  return static_cast<std::uint64_t>(time_us);
}

// K5.
std::uint8_t priority_of(const event::Event& event) {
  const std::string_view name = event.signal;
  if (name == signal::kOverheating) {
    const auto* trip = event.details.get<std::string>(key::kTripType);
    const bool severe = trip != nullptr && (*trip == "hot" || *trip == "critical");
    return severe ? priority::kCritical : priority::kWarning;
  }
  if (name == signal::kIoError || name == signal::kDegraded) return priority::kError;
  if (name == signal::kSyncAborted) return priority::kWarning;
  if (name == signal::kMount || name == signal::kUmount || name == signal::kMediaChange ||
      name == signal::kSyncDone) {
    return priority::kNotice;
  }
  return priority::kDebug;
}

template <typename T>
bool set_number(event::Details& details, std::string_view name, std::string_view text) {
  T number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return false;
  details.set(name, number);
  return true;
}

bool set_text(event::Details& details, std::string_view name, std::string_view text) {
  if (text.empty()) return false;
  details.set_text(name, text);
  return true;
}

bool set_errno(event::Details& details, std::string_view name, std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number <= 0) return false;
  const char* const known = ::strerrorname_np(number);
  if (known == nullptr) return false;
  details.set(name, std::string(known));
  return true;
}

// K7.
struct Word {
  event::Group group;
  std::string_view word;
  std::string_view detail;
  bool (*set)(event::Details& details, std::string_view name, std::string_view text);
};
constexpr std::array kWords = {
    Word{event::Group::kFs, "fstype", key::kFileSystem, set_text},
    Word{event::Group::kPower, "trip", key::kTrip, set_number<std::uint32_t>},
    Word{event::Group::kPower, "type", key::kTripType, set_text},
    Word{event::Group::kPower, "temperature", key::kTemperature, set_number<std::int32_t>},
    Word{event::Group::kPower, "cpu", key::kProcessor, set_number<std::uint32_t>},
    Word{event::Group::kPower, "level", key::kLevel, set_text},
    Word{event::Group::kStorage, "op", key::kOperation, set_text},
    Word{event::Group::kStorage, "sector", key::kSector, set_number<std::uint64_t>},
    Word{event::Group::kStorage, "status", key::kStatus, set_errno},
    Word{event::Group::kStorage, "suppressed", key::kSuppressed, set_number<std::uint32_t>},
};

bool set_word(event::Event& event, std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == word.npos) return false;
  for (const Word& known : kWords) {
    if (known.group != event.group || known.word != word.substr(0, equals)) continue;
    return event.details.find(known.detail) == nullptr &&
           known.set(event.details, known.detail, word.substr(equals + 1));
  }
  return false;
}

void set_words(event::Event& event, std::string_view text, bool is_cut) {
  std::string rest;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    const bool is_last = word.size() == text.size();
    text.remove_prefix(is_last ? word.size() : word.size() + 1);
    if (!(is_last && is_cut) && set_word(event, word)) continue;
    rest.append(rest.empty() ? "" : " ").append(word);
  }
  if (!rest.empty()) event.details.set_text(key::kText, rest);
}

// K8.
void set_cut(event::Details& details, std::uint32_t flags) {
  std::string cut;
  const auto add = [&](std::uint32_t flag, const char* what) {
    if ((flags & flag) != 0) cut.append(cut.empty() ? "" : " ").append(what);
  };
  add(KEVENT_FLAGS_OBJECT_CUT, "object");
  add(KEVENT_FLAGS_TEXT_CUT, "text");
  add(KEVENT_FLAGS_SUBSYSTEM_CUT, "subsystem");
  if (!cut.empty()) details.set(key::kCut, cut);
}

// What must be there (K2), or may.
struct Fields {
  std::uint64_t sequence = 0;
  std::uint64_t time_ns = 0;
  std::uint32_t type = 0;
  std::string_view object;
  std::string_view signal;
  std::string_view subsystem;
  std::string_view text;
  std::uint32_t flags = 0;
};

std::optional<Fields> fields_of(const Attributes& attributes, std::uint64_t sequence) {
  const auto time = attributes.number(KEVENT_A_EVENT_TIME);
  const auto type = attributes.number_of_32_bits(KEVENT_A_EVENT_TYPE);
  const auto object = attributes.text(KEVENT_A_EVENT_OBJECT, KEVENT_OBJECT_MAX);
  const auto name = attributes.text(KEVENT_A_EVENT_SIGNAL, KEVENT_SIGNAL_MAX);
  if (!time || !type || !object || !event::is_kernel_path(*object) || !name || name->empty()) {
    return std::nullopt;
  }
  Fields fields{sequence, *time, *type, *object, *name, {}, {}, 0};
  if (attributes.has(KEVENT_A_EVENT_SUBSYSTEM)) {
    const auto subsystem = attributes.text(KEVENT_A_EVENT_SUBSYSTEM, KEVENT_SUBSYSTEM_MAX);
    if (!subsystem) return std::nullopt;
    fields.subsystem = *subsystem;
  }
  if (attributes.has(KEVENT_A_EVENT_TEXT)) {
    const auto text = attributes.text(KEVENT_A_EVENT_TEXT, KEVENT_TEXT_MAX);
    if (!text) return std::nullopt;
    fields.text = *text;
  }
  if (attributes.has(KEVENT_A_EVENT_FLAGS)) {
    const auto flags = attributes.number_of_32_bits(KEVENT_A_EVENT_FLAGS);
    if (!flags) return std::nullopt;
    fields.flags = *flags;
  }
  return fields;
}

event::Event event_of(const Fields& fields, std::int64_t realtime_offset_us) {
  event::Event event;
  event.time_us = realtime_us(fields.time_ns, realtime_offset_us);
  event.group = group_of(fields.type);
  event.object = fields.object;
  event.signal = fields.signal;

  event.details.set(key::kSource, std::string("kernel"));
  event.details.set(key::kKernelSequence, fields.sequence);
  if (event::member_name(event.signal) != event.signal) {
    event.details.set_text(key::kSignal, event.signal);
  }
  if (!fields.subsystem.empty()) event.details.set_text(key::kSubsystem, fields.subsystem);
  if (event.group == event::Group::kFs &&
      (event.signal == signal::kMount || event.signal == signal::kUmount)) {
    event.details.set(key::kScope, std::string(event::kScopeFileSystem));
  }
  set_words(event, fields.text, (fields.flags & KEVENT_FLAGS_TEXT_CUT) != 0);
  set_cut(event.details, fields.flags);
  event.priority = priority_of(event);
  return event;
}

// The generic netlink header's command; nothing when there is no header.
std::optional<std::uint8_t> command_of(std::span<const std::byte> payload) {
  genlmsghdr header;
  if (payload.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, payload.data(), sizeof header);
  return header.cmd;
}

bool is_event(std::span<const std::byte> payload) {
  const auto command = command_of(payload);
  return command == KEVENT_CMD_EVENT_NTF || command == KEVENT_CMD_EVENT_GET;
}

}  // namespace

std::uint64_t kernel_sequence_of(std::span<const std::byte> payload) {
  Attributes attributes;
  if (!is_event(payload) || !attributes.parse(payload.subspan(sizeof(genlmsghdr)))) return 0;
  return attributes.number(KEVENT_A_EVENT_SEQUENCE).value_or(0);
}

KernelMessage parse_kernel_message(std::span<const std::byte> payload,
                                   std::int64_t realtime_offset_us) {
  using Kind = KernelMessage::Kind;
  if (!is_event(payload)) return {};
  Attributes attributes;
  if (!attributes.parse(payload.subspan(sizeof(genlmsghdr)))) return {Kind::kUnreadable, 0, {}};
  const std::uint64_t sequence = attributes.number(KEVENT_A_EVENT_SEQUENCE).value_or(0);
  if (sequence == 0) return {Kind::kUnreadable, 0, {}};
  const auto fields = fields_of(attributes, sequence);
  if (!fields) return {Kind::kUnreadable, sequence, {}};
  return {Kind::kEvent, sequence, event_of(*fields, realtime_offset_us)};
}

std::optional<KernelLog> parse_kernel_log(std::span<const std::byte> payload) {
  Attributes attributes;
  if (command_of(payload) != KEVENT_CMD_LOG_GET ||
      !attributes.parse(payload.subspan(sizeof(genlmsghdr)))) {
    return std::nullopt;
  }
  const auto oldest = attributes.number(KEVENT_A_LOG_OLDEST);
  const auto last = attributes.number(KEVENT_A_LOG_LAST);
  const auto boot_id = attributes.bytes(KEVENT_A_LOG_BOOT_ID);
  if (!oldest || !last || *oldest == 0 || *oldest - 1 > *last || !boot_id ||
      boot_id->size() != sizeof(event::KernelBootId)) {
    return std::nullopt;
  }
  KernelLog log{*oldest, *last, {}};
  std::memcpy(log.boot_id.data(), boot_id->data(), boot_id->size());
  return log;
}

}  // namespace kevent::decode

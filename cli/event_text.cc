// SPDX-License-Identifier: LGPL-2.1-or-later
#include "cli/event_text.h"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>

#include "lib/event/object_path.h"
#include "lib/event/text.h"
#include "lib/terminal/text.h"

namespace kevent::cli {
namespace {

using event::Event;
using nlohmann::json;

constexpr std::size_t kSequenceWidth = 7;
constexpr std::size_t kGroupWidth = 7;    // "Storage", "General", "Hotplug"
constexpr std::size_t kSignalWidth = 21;  // "removed_while_mounted"

// By syslog's priorities, 0 to 7.
constexpr std::array kStyles = {terminal::Style::kError,   terminal::Style::kError,
                                terminal::Style::kError,   terminal::Style::kError,
                                terminal::Style::kWarning, terminal::Style::kGood,
                                terminal::Style::kPlain,   terminal::Style::kFaint};

terminal::Style style_of(std::uint8_t priority) {
  return priority < kStyles.size() ? kStyles[priority] : terminal::Style::kPlain;
}

std::string text_of(const Event& event, std::string_view key) {
  const auto* text = event.details.get<std::string>(key);
  return text == nullptr ? std::string() : event::display_text(*text);
}

template <typename T>
std::string number_of(const Event& event, std::string_view key) {
  const auto* number = event.details.get<T>(key);
  return number == nullptr ? std::string() : std::to_string(*number);
}

bool is_storage_signal(const Event& event, std::string_view signal) {
  return event.group == event::Group::kStorage && event.signal == signal;
}

// The filesystem itself, wherever it is mounted.
std::string filesystem_text(const Event& event) {
  const std::string type = text_of(event, event::key::kFileSystem);
  return type.empty() ? "the filesystem" : "the " + type + " filesystem";
}

std::string mount_text(const Event& event) {
  if (text_of(event, event::key::kScope) == event::kScopeFileSystem) return filesystem_text(event);
  const std::string where = text_of(event, event::key::kMountPoint);
  const auto* id = event.details.get<std::uint64_t>(event::key::kMountId);
  if (where.empty())
    return id == nullptr ? "" : "gone before it was seen, id " + std::to_string(*id);
  std::string text = text_of(event, event::key::kFileSystem);
  text += text.empty() ? "on " + where : " on " + where;
  const std::string before = text_of(event, event::key::kOldMountPoint);
  return before.empty() ? text : text + ", before on " + before;
}

// "/media/STICK, /mnt/b and /mnt/c".
std::string list_text(const event::Texts& texts) {
  std::string list;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) list += i + 1 == texts.size() ? " and " : ", ";
    list += event::display_text(texts[i]);
  }
  return list;
}

// "vfat, was mounted read-only on /media/STICK".
std::string removal_text(const Event& event) {
  if (!is_storage_signal(event, event::signal::kRemovedWhileMounted)) return {};
  std::string text = text_of(event, event::key::kFileSystem);
  text += text.empty() ? "was mounted" : ", was mounted";
  const auto* read_only = event.details.get<bool>(event::key::kReadOnly);
  if (read_only != nullptr && *read_only) text += " read-only";
  const auto* mount_points = event.details.get<event::Texts>(event::key::kMountPoints);
  if (mount_points != nullptr && !mount_points->empty()) text += " on " + list_text(*mount_points);
  return text;
}

std::string size_detail(const Event& event) {
  const auto* size = event.details.get<std::uint64_t>(event::key::kSize);
  if (size == nullptr) {
    return is_storage_signal(event, event::signal::kMediaChange) ? "size not known yet" : "";
  }
  return *size == 0 ? "no medium" : terminal::size_text(*size);
}

std::string temperature_detail(const Event& event) {
  const auto* temperature = event.details.get<std::int32_t>(event::key::kTemperature);
  const std::string trip = text_of(event, event::key::kTripType);
  std::string text =
      temperature == nullptr ? std::string() : terminal::temperature_text(*temperature);
  if (!trip.empty()) text += (text.empty() ? "" : ", ") + trip + " trip";
  return text;
}

std::string processor_text(const Event& event) {
  const std::string number = number_of<std::uint32_t>(event, event::key::kProcessor);
  const std::string level = text_of(event, event::key::kLevel);
  if (number.empty()) return level;
  return "processor " + number + (level.empty() ? "" : ", " + level);
}

// "READ of sector 1234: ENODATA, 2 more not told".
std::string request_text(const Event& event) {
  std::string text = text_of(event, event::key::kOperation);
  const std::string sector = number_of<std::uint64_t>(event, event::key::kSector);
  const std::string status = text_of(event, event::key::kStatus);
  if (!sector.empty()) text += (text.empty() ? "sector " : " of sector ") + sector;
  if (!status.empty()) text += (text.empty() ? "" : ": ") + status;
  const auto* suppressed = event.details.get<std::uint32_t>(event::key::kSuppressed);
  if (suppressed != nullptr && *suppressed > 0) {
    text += (text.empty() ? "" : ", ") + std::to_string(*suppressed) + " more not told";
  }
  return text;
}

// What the kernel had no room for.
std::string cut_text(const Event& event) {
  const std::string cut = text_of(event, event::key::kCut);
  return cut.empty() ? cut : "cut: " + cut;
}

std::string loss_text(const Event& event) {
  if (!event::is_events_lost(event)) return {};
  const auto* count = event.details.get<std::uint64_t>(event::key::kCount);
  const std::string source = text_of(event, event::key::kSource);
  const bool known = count != nullptr && *count > 0;
  return (known ? std::to_string(*count) : "an unknown number") + " from " + source;
}

std::string synthesized_text(const Event& event) {
  const auto* synthesized = event.details.get<bool>(event::key::kSynthesized);
  return synthesized != nullptr && *synthesized ? "synthesized" : "";
}

std::string event_line(const Event& event, bool colour) {
  std::string line =
      terminal::styled(terminal::padded(std::to_string(event.sequence), kSequenceWidth),
                       terminal::Style::kFaint, colour);
  line += "  " + terminal::time_text(event.time_us);
  line += "  " + terminal::padded(event::group_name(event.group), kGroupWidth);
  line += "  " + terminal::styled(terminal::padded(event::display_text(event.signal), kSignalWidth),
                                  style_of(event.priority), colour);
  line +=
      "  " + terminal::styled(event::display_text(event.object), terminal::Style::kBold, colour);
  for (const std::string& detail :
       {loss_text(event), text_of(event, event::key::kDeviceNode), mount_text(event),
        removal_text(event), size_detail(event), temperature_detail(event), processor_text(event),
        request_text(event), text_of(event, event::key::kText), cut_text(event),
        synthesized_text(event)}) {
    if (!detail.empty()) line += "  " + detail;
  }
  return line;
}

std::string overwritten_line(std::uint64_t count, bool colour) {
  const std::string text = count == 1 ? "1 event was no longer in the log"
                                      : std::to_string(count) + " events were no longer in the log";
  return terminal::styled(text, terminal::Style::kError, colour);
}

struct ToJson {
  json operator()(const event::DeviceNumber& number) const {
    return json::array({number.major, number.minor});
  }
  json operator()(const event::Environment& environment) const {
    json object = json::object();
    for (const auto& [key, text] : environment) object[key] = text;
    return object;
  }
  json operator()(const auto& plain) const { return plain; }
};

json event_json(const Event& event) {
  json details = json::object();
  for (const auto& [key, value] : event.details.entries()) {
    details[key] = std::visit(ToJson{}, value);
  }
  const std::string below_sysfs = event.object == "/" ? std::string() : event.object;
  return {{"sequence", event.sequence},
          {"time", event.time_us},
          {"group", event::group_name(event.group)},
          {"object", event::object_path(event.object)},
          {"sysfs_path", event::clean_text("/sys" + below_sysfs)},
          {"signal", event::clean_text(event.signal)},
          {"priority", event.priority},
          {"details", std::move(details)}};
}

}  // namespace

std::string item_line(const client::Item& item, bool colour) {
  if (const auto* event = std::get_if<Event>(&item)) return event_line(*event, colour);
  if (const auto* overwritten = std::get_if<client::Overwritten>(&item)) {
    return overwritten_line(overwritten->count, colour);
  }
  return terminal::styled("the log was replaced: events may be missing, and sequences start again",
                          terminal::Style::kError, colour);
}

json item_json(const client::Item& item) {
  if (const auto* event = std::get_if<Event>(&item)) return event_json(*event);
  if (const auto* overwritten = std::get_if<client::Overwritten>(&item)) {
    return {{"overwritten", overwritten->count}};
  }
  return {{"new_log", true}};
}

}  // namespace kevent::cli

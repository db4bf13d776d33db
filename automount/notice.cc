// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/notice.h"

#include <nlohmann/json.hpp>

#include "lib/event/text.h"

namespace kevent::automount {
namespace {

using Kind = Notice::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::kReady:
      return "ready";
    case Kind::kWaiting:
      return "waiting";
    case Kind::kMounted:
      return "mounted";
    case Kind::kUnmounted:
      return "unmounted";
    case Kind::kRemovedWhileMounted:
      return "removed_while_mounted";
    case Kind::kEjected:
      return "ejected";
    case Kind::kLocked:
      return "locked";
    case Kind::kIgnored:
      return "ignored";
    case Kind::kFailed:
      break;
  }
  return "failed";
}

// For people.
const char* words_of(Kind kind) {
  return kind == Kind::kRemovedWhileMounted ? "removed while mounted" : name_of(kind);
}

std::string mount_point_of(const Notice& notice) {
  return notice.device.mount_points.empty() ? std::string() : notice.device.mount_points.front();
}

}  // namespace

std::string notice_line(const Notice& notice) {
  std::string line = notice.device.node;
  if (!notice.device.label.empty()) line += " \"" + notice.device.label + "\"";
  if (!line.empty()) line += ": ";
  line += words_of(notice.kind);
  const std::string mount_point = mount_point_of(notice);
  if (!mount_point.empty()) {
    const bool is_on = notice.kind == Kind::kMounted || notice.kind == Kind::kRemovedWhileMounted;
    line += (is_on ? " on " : " from ") + mount_point;
  }
  if (!notice.reason.empty()) line += ": " + notice.reason;
  return event::display_text(line);
}

nlohmann::json notice_json(const Notice& notice) {
  nlohmann::json document = {{"event", name_of(notice.kind)}};
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) document[key] = event::clean_text(text);
  };
  add("device", notice.device.node);
  add("object", notice.device.object);
  add("label", notice.device.label);
  add("uuid", notice.device.uuid);
  add("drive", notice.device.drive_id);
  add("mount_point", mount_point_of(notice));
  add("reason", notice.reason);
  return document;
}

}  // namespace kevent::automount

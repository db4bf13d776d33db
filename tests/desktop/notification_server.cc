// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/desktop/notification_server.h"

#include <algorithm>
#include <fstream>
#include <string_view>

#include "tests/support/eventually.h"
#include "tests/support/failure.h"

namespace kevent::desktop {
namespace {

using support::eventually;
using support::kPatience;
using support::within;

constexpr const char* kPath = "/org/freedesktop/Notifications";
constexpr const char* kName = "org.freedesktop.Notifications";

// Above a tray at the bottom. One notice never hides or merges another, none goes by itself, and it
// can be read.
constexpr const char* kConfiguration = R"([global]
    force_xwayland = true
    origin = bottom-right
    offset = 12x44
    width = 360
    height = 300
    notification_limit = 20
    font = DejaVu Sans 10
    format = "<b>%s</b>\n%b"
    markup = full
    stack_duplicates = false
    idle_threshold = 0
    indicate_hidden = false
    show_indicators = false
    sort = false
    frame_width = 1
    gap_size = 6
    corner_radius = 4
    enable_recursive_icon_lookup = true
    icon_theme = Adwaita
    icon_position = left
    min_icon_size = 48
    max_icon_size = 48
    text_icon_padding = 8
    mouse_left_click = do_action
    mouse_right_click = close_current
[urgency_low]
    background = "#2b303b"
    foreground = "#d8dee9"
    frame_color = "#4c566a"
    timeout = 0
[urgency_normal]
    background = "#2b303b"
    foreground = "#ffffff"
    frame_color = "#88c0d0"
    timeout = 0
[urgency_critical]
    background = "#7a1d1d"
    foreground = "#ffffff"
    frame_color = "#ff5555"
    timeout = 0
)";

std::filesystem::path configuration_in(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "dunstrc";
  std::ofstream(file) << kConfiguration;
  return file;
}

// What stands between `before` and the next `after`.
std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t start = text.find(before);
  if (start == std::string_view::npos) {
    return {};
  }
  text.remove_prefix(start + before.size());
  return std::string(text.substr(0, text.find(after)));
}

// Each in a line `"key": "label"`.
std::vector<std::string> labels(std::string_view lines) {
  constexpr std::string_view kBetween = "\": \"";
  std::vector<std::string> result;
  for (std::size_t at = 0; (at = lines.find(kBetween, at)) != std::string_view::npos;) {
    at += kBetween.size();
    result.emplace_back(lines.substr(at, lines.find("\"\n", at) - at));
  }
  return result;
}

Shown read_one(std::string_view block) {
  const std::string id = between(block, "\n\tid: ", "\n");
  return {.id = static_cast<unsigned>(std::stoul(id)),
          .summary = between(block, "\n\tsummary: '", "'\n\tbody: "),
          .body = between(block, "\n\tbody: '", "'\n\ticon: "),
          .urgency = between(block, "\n\turgency: ", "\n"),
          .actions = labels(between(block, "\n\tactions: {\n", "\n\t}\n") + "\n")};
}

}  // namespace

bool Shown::says(const std::string& text) const {
  return (summary + "\n" + body).find(text) != std::string::npos;
}

std::vector<Shown> read_dunst(const std::string& printed) {
  constexpr std::string_view kEnd = "\n}\n";
  std::vector<Shown> result;
  std::string_view rest = printed;
  for (std::size_t end = 0; (end = rest.find(kEnd)) != std::string_view::npos;) {
    const std::string_view block = rest.substr(0, end + 1);
    if (block.find("\n\tid: ") != std::string_view::npos) {
      result.push_back(read_one(block));
    }
    rest.remove_prefix(end + kEnd.size());
  }
  return result;
}

NotificationServer::NotificationServer(const std::vector<std::string>& environment,
                                       const std::string& session_bus,
                                       const std::filesystem::path& folder)
    : process_({"dunst", "-print", "-config", configuration_in(folder)}, environment),
      bus_(session_bus) {
  const bool there = eventually(within(kPatience), [this] {
    const support::Method ask{kPath, kName, "GetServerInformation", kName};
    return bus_.call(ask).ok();
  });
  if (!there) {
    support::fail("dunst: " + process_.error_output());
  }
}

Shown NotificationServer::wait_for(const std::function<bool(const Shown&)>& wanted,
                                   std::size_t from) const {
  Shown found;
  const bool came = eventually(within(kPatience), [&] {
    const std::vector<Shown> all = told();
    const auto start = all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size()));
    const auto at = std::find_if(start, all.end(), wanted);
    if (at != all.end()) {
      found = *at;
    }
    return at != all.end();
  });
  if (!came) {
    support::fail("dunst was not told; it was told: " + process_.output());
  }
  return found;
}

Shown NotificationServer::wait_for_text(const std::string& text, std::size_t from) const {
  return wait_for([&](const Shown& shown) { return shown.says(text); }, from);
}

unsigned NotificationServer::displayed() {
  const support::Reply reply = bus_.call({kPath, "org.freedesktop.DBus.Properties", "Get", kName},
                                         "ss", "org.dunstproject.cmd0", "displayedLength");
  return reply.ok() ? reply.arguments[0]["data"].get<unsigned>() : 0;
}

void NotificationServer::close_all() {
  bus_.call({kPath, "org.dunstproject.cmd0", "NotificationCloseAll", kName});
  if (!eventually(within(kPatience), [this] { return displayed() == 0; })) {
    support::fail("dunst closes nothing");
  }
}

}  // namespace kevent::desktop

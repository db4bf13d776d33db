// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/desktop/desktop.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "tests/desktop/bus_monitor.h"
#include "tests/support/eventually.h"
#include "tests/support/failure.h"

namespace kevent::desktop {
namespace {

using support::eventually;
using support::kPatience;
using support::within;

constexpr const char* kProgramsOfADesktop[] = {
    "Xvfb", "openbox", "trayer", "lxqt-panel", "dunst", "xdotool", "import", "convert", "display"};
constexpr const char* kWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kWatcherPath = "/StatusNotifierWatcher";
constexpr const char* kItem = "org.kde.StatusNotifierItem";
constexpr const char* kProperties = "org.freedesktop.DBus.Properties";
// The only icon stands at the right end of either tray, which is at the bottom.
constexpr int kIconSize = 32;
constexpr int kLeastIcon = 16;
constexpr int kLeastMenu = 80;
constexpr int kLeastWindow = 300;
constexpr int kNoticeWidth = 390;
constexpr int kRightButton = 3;
// After it the menu is tried anew.
constexpr std::chrono::seconds kMenuPatience{2};

const std::vector<std::string> kTrayer = {"--name", "^panel$"};
const std::vector<std::string> kApplet = {"--class", "kevent-tray"};
const std::vector<std::string> kPanelWindows = {"--class", "lxqt-panel"};

constexpr const char* kPanel = R"([General]
__userfile__=true
panels=panel1
[panel1]
plugins=spacer, statusnotifier
position=Bottom
alignment=1
width=100
width-percent=true
panelSize=32
iconSize=22
background-color=@Variant(\0\0\0\x43\x1\xff\xff\xef\xef\xf0\xf0\xf1\xf1\0\0)
[spacer]
type=spacer
expandable=true
alignment=Left
[statusnotifier]
type=statusnotifier
alignment=Right
)";

bool has_owner(support::BusConnection& bus, const std::string& name) {
  const support::Reply reply = bus.call(
      {"/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", "org.freedesktop.DBus"},
      "s", name.c_str());
  return reply.ok() && reply.arguments[0] == true;
}

std::filesystem::path made(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  return folder;
}

}  // namespace

void DesktopTest::SetUp() {
  for (const char* program : kProgramsOfADesktop) {
    if (!support::have_program(program)) {
      GTEST_SKIP() << "needs " << program << ": tools/setup --tests";
    }
  }
}

Desktop::Desktop(std::string system_bus, Tray tray)
    : system_bus_(std::move(system_bus)), session_(session_bus_.address()) {
  screen_ = std::make_unique<Screen>(environment(), home_.path());
  start_tray(tray);
  start_notification_server();
}

// Nothing of the session in which the tests may run.
std::vector<std::string> Desktop::environment() const {
  const std::string home = home_.path();
  std::vector<std::string> result = {
      "HOME=" + home, "XDG_CONFIG_HOME=" + made(home_ / "config").string(),
      "XDG_DATA_HOME=" + made(home_ / "data").string(),
      "XDG_CACHE_HOME=" + made(home_ / "cache").string(),
      "XDG_RUNTIME_DIR=" + made(home_ / "run").string(),
      "XDG_CURRENT_DESKTOP=", "XDG_SESSION_TYPE=x11", "QT_QPA_PLATFORM=xcb",
      "QT_QPA_PLATFORMTHEME=", "GDK_BACKEND=x11", "NO_AT_BRIDGE=1", "LC_ALL=C.UTF-8", "LANGUAGE=en",
      "TZ=UTC",
      // A sanitizer keeps no more than this of what is freed.
      "ASAN_OPTIONS=quarantine_size_mb=16", "DBUS_SESSION_BUS_ADDRESS=" + session_bus_.address(),
      "DBUS_SYSTEM_BUS_ADDRESS=" + system_bus_};
  if (screen_) {
    result.push_back("DISPLAY=" + screen_->display());
  }
  return result;
}

std::vector<std::string> Desktop::applet_command() const {
  return {support::built_program("kevent-tray"), "--bus", system_bus_};
}

// What the applet takes for history is what the log held when it asked how far that is. The service
// answers in order: once it has answered a later question, it has answered that one.
void Desktop::start_applet() {
  BusMonitor questions(system_bus_,
                       "type='method_call',interface='org.freedesktop.DBus.Properties',"
                       "arg0='org.kernel.Events1.Manager'");
  start_applet_alone();
  if (!questions.sees(1, within(kPatience))) {
    support::fail("kevent-tray does not follow the service: " + applet_->error_output());
  }
  const support::Reply answer =
      support::BusConnection(system_bus_)
          .call({support::kManagerPath, "org.freedesktop.DBus.Peer", "Ping"});
  if (!answer.ok()) {
    support::fail("the service does not answer: " + answer.error_text);
  }
}

void Desktop::start_applet_alone() {
  applet_ = std::make_unique<support::Process>(applet_command(), environment());
  if (!eventually(within(kPatience),
                  [this] { return has_owner(session_, kAppletName) || !applet_->running(); }) ||
      !applet_->running()) {
    support::fail("kevent-tray: " + applet_->error_output());
  }
}

std::size_t Desktop::applet_memory_kib() const {
  std::ifstream status("/proc/" + std::to_string(applet_->pid()) + "/status");
  std::string word;
  std::size_t kib = 0;
  while (status >> word && word != "RssAnon:") {
  }
  status >> kib;
  return kib;
}

void Desktop::write_panel_configuration() const {
  std::filesystem::create_directories(home_ / "config/lxqt");
  std::ofstream(home_ / "config/lxqt/panel.conf") << kPanel;
}

void Desktop::start_tray(Tray tray) {
  kind_ = tray;
  tray_.reset();
  if (tray == Tray::kXEmbed) {
    const std::vector<std::string> trayer = {"trayer",  "--edge",   "bottom",
                                             "--align", "right",    "--widthtype",
                                             "request", "--height", "32"};
    tray_ = std::make_unique<support::Process>(trayer, environment());
    screen_->wait_for_window(kTrayer);
  } else if (tray == Tray::kStatusNotifier) {
    write_panel_configuration();
    tray_ =
        std::make_unique<support::Process>(std::vector<std::string>{"lxqt-panel"}, environment());
    if (!eventually(within(kPatience), [this] { return has_owner(session_, kWatcher); })) {
      support::fail("lxqt-panel: " + tray_->error_output());
    }
  }
}

void Desktop::start_notification_server() {
  server_.reset();
  server_ =
      std::make_unique<NotificationServer>(environment(), session_bus_.address(), home_.path());
}

// The connection of the only item: "name/path", or ":1.7/path".
std::string Desktop::item() {
  const support::Reply reply = session_.call({kWatcherPath, kProperties, "Get", kWatcher}, "ss",
                                             kWatcher, "RegisteredStatusNotifierItems");
  if (!reply.ok() || reply.arguments[0]["data"].empty()) {
    return {};
  }
  const std::string item = reply.arguments[0]["data"][0];
  return item.substr(0, item.find('/'));
}

Area Desktop::icon() {
  const Area place{Screen::kWidth - kIconSize, Screen::kHeight - kIconSize, kIconSize, kIconSize};
  if (kind_ == Tray::kXEmbed) {
    screen_->wait_for_window(kTrayer, kLeastIcon);
  } else if (!eventually(within(kPatience), [this] { return !item().empty(); })) {
    support::fail("no icon in the tray; kevent-tray says: " + applet_->error_output());
  }
  return place;
}

std::string Desktop::tooltip() {
  const std::string destination = item();
  if (destination.empty()) {
    return {};
  }
  const support::Reply reply = session_.call(
      {"/StatusNotifierItem", kProperties, "Get", destination}, "ss", kItem, "ToolTip");
  if (!reply.ok()) {
    return {};
  }
  // (sa(iiay)ss): icon, pixels, title, text.
  const support::Json& tooltip = reply.arguments[0]["data"];
  return tooltip[2].get<std::string>() + "\n" + tooltip[3].get<std::string>();
}

bool Desktop::waits_for_tooltip(const std::string& part) {
  return eventually(within(kPatience), [&] { return tooltip().find(part) != std::string::npos; });
}

bool Desktop::waits_for_tooltip_without(const std::string& part) {
  return eventually(within(kPatience), [&] {
    const std::string text = tooltip();
    return !text.empty() && text.find(part) == std::string::npos;
  });
}

Area Desktop::around_icon(int width, int height) {
  icon();
  return {Screen::kWidth - width, Screen::kHeight - height, width, height};
}

std::optional<Area> Desktop::menu() const {
  std::optional<Area> found;
  for (const Area& area : screen_->windows(kind_ == Tray::kXEmbed ? kApplet : kPanelWindows)) {
    if (std::min(area.width, area.height) >= kLeastMenu) {
      found = area;
    }
  }
  return found;
}

// A menu that was opened too early for its newest rows is closed and opened again. So is the first
// one of lxqt-panel, which asks for the rows only when it has chosen the menu's place.
Area Desktop::open_menu(int height) {
  const Area place = icon();
  std::optional<Area> opened;
  int least_times = kind_ == Tray::kStatusNotifier ? 2 : 1;
  const bool came = eventually(within(kPatience), [&] {
    screen_->click(place.x + place.width / 2, place.y + place.height / 2, kRightButton);
    eventually(within(kMenuPatience), [&] { return (opened = menu()).has_value(); });
    if (opened && opened->height >= height && --least_times <= 0) {
      return true;
    }
    screen_->press({"Escape"});
    eventually(within(kMenuPatience), [this] { return !menu(); });
    return false;
  });
  if (!came) {
    support::fail("no menu, or one that stays too small");
  }
  return *opened;
}

Area Desktop::open_window() {
  support::run(applet_command(), environment());
  return wait_for_window();
}

Area Desktop::wait_for_window() const {
  return screen_->wait_for_window(kApplet, kLeastWindow, kLeastWindow);
}

std::size_t Desktop::window_count() const {
  const std::vector<Area> all = screen_->windows(kApplet);
  return static_cast<std::size_t>(std::ranges::count_if(
      all, [](const Area& area) { return std::min(area.width, area.height) >= kLeastWindow; }));
}

void Desktop::wait_until_window_is_closed() const {
  if (!eventually(within(kPatience), [this] { return window_count() == 0; })) {
    support::fail("the window does not close");
  }
}

void Desktop::take_picture(const std::string& name, const Area& area) const {
  const char* wanted = std::getenv("KEVENT_PICTURES");
  screen_->take_picture(wanted == nullptr ? home_.path() : std::filesystem::path(wanted), name,
                        area);
}

void Desktop::take_picture_of_notices(const std::string& name, int height) {
  screen_->wait_for_window({"--class", "Dunst"});
  take_picture(name, around_icon(kNoticeWidth, height));
}

void Desktop::take_picture_of_menu(const std::string& name) {
  constexpr int kMargin = 10;
  take_picture(name);
  const Area place = menu().value();
  take_picture(
      name, around_icon(Screen::kWidth - place.x + kMargin, Screen::kHeight - place.y + kMargin));
}

}  // namespace kevent::desktop

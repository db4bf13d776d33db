// SPDX-License-Identifier: LGPL-2.1-or-later
// A person's desktop, with all that is real in it: a screen, a window manager, a session bus, a
// tray (trayer by XEmbed, or lxqt-panel as StatusNotifierWatcher), a notification server (dunst),
// and kevent-tray from this build. Its home is a temporary folder.
//
// The system bus is somebody else's: with a real keventd on it, or with the stand-in service, as
// the test's name says.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/desktop/notification_server.h"
#include "tests/desktop/screen.h"
#include "tests/support/private_bus.h"
#include "tests/support/process.h"
#include "tests/support/temporary_directory.h"

namespace kevent::desktop {

enum class Tray { kNone, kXEmbed, kStatusNotifier };

// The names and paths of the applet on the session bus (gui/bus/instance.h).
inline constexpr const char* kAppletName = "org.kernel.KeventTray";
inline constexpr const char* kAppletPath = "/org/kernel/KeventTray";

// A test on a desktop. Skipped, and says what is missing, where a program of it is not installed.
class DesktopTest : public ::testing::Test {
 protected:
  void SetUp() override;
};

class Desktop {
 public:
  // With a notification server, and without an applet.
  explicit Desktop(std::string system_bus, Tray tray = Tray::kXEmbed);

  // Returns when the applet follows the service: what happens from now on is news to it.
  void start_applet();
  // The same where there is no service: when it answers on the session bus.
  void start_applet_alone();
  // Its process.
  support::Process& applet() { return *applet_; }
  // The private memory of the applet in KiB.
  std::size_t applet_memory_kib() const;

  void start_tray(Tray tray);
  void start_notification_server();
  void stop_notification_server() { server_.reset(); }
  NotificationServer& server() { return *server_; }

  // The applet's icon in the tray, waiting for it; and the corner of the screen that it is in.
  Area icon();
  Area around_icon(int width, int height);
  // What it says when one points at it, by StatusNotifierItem: "" with another tray.
  std::string tooltip();
  bool waits_for_tooltip(const std::string& part);
  bool waits_for_tooltip_without(const std::string& part);

  // The menu of the icon, as soon as it has this height, and its place.
  Area open_menu(int height);
  // The window, by a second start of the applet: there is one instance only. The place it has.
  Area open_window();
  Area wait_for_window() const;
  std::size_t window_count() const;
  void wait_until_window_is_closed() const;

  void take_picture(const std::string& name,
                    const Area& area = {0, 0, Screen::kWidth, Screen::kHeight}) const;
  // Of the notices and the tray below them, waiting for one and its icon.
  void take_picture_of_notices(const std::string& name, int height = 110);
  // Of the open menu, once it grows no more.
  void take_picture_of_menu(const std::string& name);

  const Screen& screen() const { return *screen_; }
  const support::PrivateBus& session_bus() const { return session_bus_; }
  std::vector<std::string> environment() const;

 private:
  std::vector<std::string> applet_command() const;
  void write_panel_configuration() const;
  std::string item();
  std::optional<Area> menu() const;

  std::string system_bus_;
  support::TemporaryDirectory home_;
  support::PrivateBus session_bus_{support::BusKind::kDaemon};
  support::BusConnection session_;
  std::unique_ptr<Screen> screen_;
  Tray kind_ = Tray::kNone;
  std::unique_ptr<support::Process> tray_;
  std::unique_ptr<NotificationServer> server_;
  std::unique_ptr<support::Process> applet_;
};

}  // namespace kevent::desktop

// SPDX-License-Identifier: LGPL-2.1-or-later
// The desktop of the tests is there, and says what is on it.
#include <gtest/gtest.h>

#include "tests/desktop/bus_monitor.h"
#include "tests/desktop/desktop.h"

namespace kevent::desktop {
namespace {

constexpr const char* kNotifications = "org.freedesktop.Notifications";

class Fixtures : public DesktopTest {
 protected:
  // As an applet would. Returns the notice's number.
  unsigned notify(Desktop& desktop, const std::string& summary, unsigned replaces = 0) {
    support::BusConnection bus(desktop.session_bus().address());
    const support::Reply reply =
        bus.call({"/org/freedesktop/Notifications", kNotifications, "Notify", kNotifications},
                 "susssasa{sv}i", "test", replaces, "", summary.c_str(), "it's\n'text'", 2, "open",
                 "Open it", 1, "urgency", "y", 2, 0);
    return reply.arguments[0];
  }

  support::PrivateBus system_bus_;
};

TEST_F(Fixtures, DunstSaysWhatItWasTold) {
  Desktop desktop(system_bus_.address());
  const unsigned id = notify(desktop, "One");
  const Shown shown = desktop.server().wait_for_text("One");
  EXPECT_EQ(shown.id, id);
  EXPECT_EQ(shown.body, "it's\n'text'");
  EXPECT_EQ(shown.urgency, "CRITICAL");
  EXPECT_EQ(shown.actions, std::vector<std::string>{"Open it"});
}

TEST_F(Fixtures, DunstReplacesWhatItIsToldTo) {
  Desktop desktop(system_bus_.address());
  const unsigned id = notify(desktop, "One");
  notify(desktop, "Two", id);
  EXPECT_EQ(desktop.server().wait_for_text("Two").id, id);
  EXPECT_EQ(desktop.server().displayed(), 1U);
}

TEST_F(Fixtures, AMonitorSeesCallsOfOthers) {
  Desktop desktop(system_bus_.address());
  BusMonitor monitor(desktop.session_bus().address(), "type='method_call',member='Notify'");
  notify(desktop, "One");
  notify(desktop, "Two");
  EXPECT_TRUE(monitor.sees(2, support::within(support::kPatience)));
}

TEST_F(Fixtures, PicturesAreOfTheScreen) {
  Desktop desktop(system_bus_.address());
  notify(desktop, "One");
  const support::TemporaryDirectory folder;
  const Area area{Screen::kWidth - 400, Screen::kHeight - 200, 400, 200};
  desktop.screen().wait_for_window({"--class", "Dunst"});
  desktop.screen().take_picture(folder.path(), "picture", area);
  const support::Outcome outcome =
      support::run({"identify", "-format", "%m %w %h", folder / "picture.png"});
  EXPECT_EQ(outcome.output, "PNG 400 200");
}

}  // namespace
}  // namespace kevent::desktop

// SPDX-License-Identifier: LGPL-2.1-or-later
// Notices with a screen and a clock of its own, for tests that say what happens and look what a
// person sees. Time goes by only where a test says so.
#pragma once

#include <gtest/gtest.h>

#include <QLocale>
#include <algorithm>
#include <chrono>

#include "gui/model/notices.h"
#include "tests/gui/events.h"
#include "tests/gui/screen.h"

namespace kevent::gui {

class NoticesFixture : public testing::Test {
 public:
  NoticesFixture() { QLocale::setDefault(QLocale::c()); }

  // Calm before and after: each is a matter by itself.
  void happens(const event::Event& event) {
    at_once(event);
    wait(std::chrono::seconds(5));
  }

  void at_once(const event::Event& event) {
    notices.event(event, now);
    screen.apply(notices.take());
  }

  // Whatever is due in this time is done when it is due.
  void wait(std::chrono::milliseconds time) {
    const auto end = now.steady + time;
    while (const auto next = notices.next_tick()) {
      if (*next > end) break;
      go_to(std::max(now.steady, *next));
      notices.tick(now);
      screen.apply(notices.take());
    }
    go_to(end);
  }

  void apply() { screen.apply(notices.take()); }

  Notices notices;
  Moment now{std::chrono::steady_clock::time_point(std::chrono::hours(24)),
             QDateTime::fromSecsSinceEpoch(1'700'000'000)};
  Screen screen;

 private:
  void go_to(std::chrono::steady_clock::time_point time) {
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(time - now.steady);
    now = {time, now.wall.addMSecs(passed.count())};
  }
};

inline std::string title_of(const Notice& notice) {
  return notice.title.toStdString();
}
inline std::string body_of(const Notice& notice) {
  return notice.body.toStdString();
}

}  // namespace kevent::gui

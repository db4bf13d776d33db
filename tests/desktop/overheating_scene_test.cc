// SPDX-License-Identifier: LGPL-2.1-or-later
// What a person is told of heat, by the contract's own signals from the stand-in service: no
// machine can be asked to overheat. In the booted kernel a real thermal zone does it
// (tests/kernel/desktop_test.cc).
#include <gtest/gtest.h>

#include "tests/desktop/scene.h"

namespace kevent::desktop {
namespace {

class OverheatingFromAStandInService : public StandInScene {
 protected:
  void SetUp() override {
    StandInScene::SetUp();
    if (!IsSkipped()) {
      start();
    }
  }
};

TEST_F(OverheatingFromAStandInService, IsCritical) {
  overheat(96500);
  EXPECT_EQ(desktop_->server().wait_for_text("96.5").urgency, "CRITICAL");
  desktop_->take_picture_of_notices("notice-overheating");
}

TEST_F(OverheatingFromAStandInService, IsReplacedByBackToNormal) {
  overheat(96500);
  const Shown hot = desktop_->server().wait_for_text("96.5");
  cool_down(71000);
  const Shown normal = desktop_->server().wait_for_text("normal", 1);
  EXPECT_EQ(normal.id, hot.id);
  EXPECT_EQ(normal.urgency, "LOW");
  EXPECT_EQ(desktop_->server().displayed(), 1U);
  desktop_->take_picture_of_notices("notice-normal");
}

TEST_F(OverheatingFromAStandInService, StaysOneNoticeWhileTheSensorFlaps) {
  constexpr int kTimes = 5;
  for (int time = 0; time < kTimes; ++time) {
    const std::size_t told = desktop_->server().told().size();
    overheat(96500 + 100 * time);
    desktop_->server().wait_for([](const Shown&) { return true; }, told);
    cool_down(71000);
  }
  for (const Shown& shown : desktop_->server().told()) {
    EXPECT_EQ(shown.id, desktop_->server().told().front().id);
  }
  desktop_->take_picture_of_notices("notice-flapping");
}

TEST_F(OverheatingFromAStandInService, IsSaidByTheIcon) {
  desktop_->icon();
  overheat(96500);
  EXPECT_TRUE(desktop_->waits_for_tooltip("x86_pkg_temp is overheating")) << desktop_->tooltip();
  desktop_->take_picture("icon-overheating", desktop_->around_icon(100, 40));
}

}  // namespace
}  // namespace kevent::desktop

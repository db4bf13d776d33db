// SPDX-License-Identifier: LGPL-2.1-or-later
// What the applet stands on goes away and comes back: the service, the notification server. Nothing
// that the log holds is missed.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/desktop/scene.h"
#include "tests/support/failure.h"
#include "tests/support/uevents.h"
#include "tests/system/uevent_socket.h"

namespace kevent::desktop {
namespace {

constexpr uid_t kNobody = 65534;
constexpr int kBurst = 10000;
constexpr int kMostBursts = 200;

class Outages : public DiskScene {};

TEST_F(Outages, AKilledServiceIsToldByTheIcon) {
  start(Tray::kStatusNotifier);
  desktop_->icon();
  service_->keventd.kill9();
  EXPECT_TRUE(desktop_->waits_for_tooltip("keventd")) << desktop_->tooltip();
  desktop_->take_picture("icon-away", desktop_->around_icon(100, 40));
}

TEST_F(Outages, WhatHappenedWhileTheServiceWasAwayIsTold) {
  start();
  service_->keventd.kill9();
  const support::Mounted mounted = mount();
  service_->keventd.start();
  EXPECT_NO_THROW(desktop_->server().wait_for_text(kMountPoint));
}

TEST_F(Outages, AServiceThatComesBackQuietsTheIcon) {
  start(Tray::kStatusNotifier);
  desktop_->icon();
  service_->keventd.kill9();
  ASSERT_TRUE(desktop_->waits_for_tooltip("keventd"));
  service_->keventd.start();
  EXPECT_TRUE(desktop_->waits_for_tooltip_without("keventd")) << desktop_->tooltip();
}

TEST_F(Outages, AServiceThatStartsLaterIsFollowed) {
  service_ = std::make_unique<system::Service>();
  service_->keventd.kill9();
  desktop_ = std::make_unique<Desktop>(service_->bus.address());
  desktop_->start_applet_alone();
  service_->keventd.start();
  const support::Mounted mounted = mount();
  EXPECT_NO_THROW(desktop_->server().wait_for_text(kMountPoint));
}

TEST_F(Outages, LostEventsAreTold) {
  start(Tray::kXEmbed, {.user = kNobody});
  service_->keventd.signal(SIGSTOP);
  for (int burst = 0; system::uevent_socket(service_->keventd.pid()).dropped == 0; ++burst) {
    ASSERT_LT(burst, kMostBursts) << "no socket of keventd overflows";
    support::trigger_uevents(support::kQuietDevice, kBurst);
  }
  service_->keventd.signal(SIGCONT);
  EXPECT_EQ(desktop_->server().wait_for_text("lost").urgency, "NORMAL");
  desktop_->take_picture_of_notices("notice-lost");
}

class NotificationServers : public StandInScene {};

TEST_F(NotificationServers, OneThatComesLaterIsToldWhatLasts) {
  start();
  desktop_->stop_notification_server();
  overheat(96500);
  desktop_->start_notification_server();
  EXPECT_EQ(desktop_->server().wait_for_text("96.5").urgency, "CRITICAL");
}

TEST_F(NotificationServers, OneThatComesBackIsToldWhatLasts) {
  start();
  overheat(96500);
  desktop_->server().wait_for_text("96.5");
  desktop_->stop_notification_server();
  desktop_->start_notification_server();
  EXPECT_EQ(desktop_->server().wait_for_text("96.5").urgency, "CRITICAL");
}

}  // namespace
}  // namespace kevent::desktop

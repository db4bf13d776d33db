// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/notification_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tests/gui/qt_loop.h"
#include "tests/gui/stand_in_notifications.h"
#include "tests/support/private_bus.h"

namespace kevent::test {
namespace {

using gui::Action;
using gui::Notice;
using gui::NotificationServer;
using gui::Urgency;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint32_t kExpired = 1;
constexpr std::uint32_t kByUser = 2;

Notice mounted(const QString& body = QStringLiteral("on /media/STICK")) {
  return {.key = QStringLiteral("mount:sda1"),
          .title = QStringLiteral("sda1 mounted"),
          .body = body,
          .icon = QStringLiteral("drive-removable-media"),
          .actions = {Action::kOpen},
          .object = "/devices/sda/sda1",
          .mount_point = "/media/STICK"};
}

Notice overheating(const QString& body = QStringLiteral("95 degrees")) {
  return {.key = QStringLiteral("heat:zone0"),
          .title = QStringLiteral("Overheating"),
          .body = body,
          .urgency = Urgency::kCritical,
          .stays = true};
}

class NotificationServerTest : public ::testing::Test {
 protected:
  NotificationServerTest() {
    need_qt();
    QObject::connect(&*server_, &NotificationServer::undelivered,
                     [this](const Notice& notice) { undelivered_.push_back(notice.title); });
    QObject::connect(&*server_, &NotificationServer::closed,
                     [this](const QString& key) { closed_.push_back(key); });
    QObject::connect(
        &*server_, &NotificationServer::action_invoked,
        [this](const Notice& notice, Action action) { invoked_.emplace_back(notice.key, action); });
  }
  ~NotificationServerTest() override {
    server_.reset();
    QDBusConnection::disconnectFromBus(name_);
  }

  void run_server(std::vector<std::string> capabilities = {"actions", "body", "body-markup"}) {
    stand_in_.emplace(bus_.address(), std::move(capabilities));
  }
  bool was_notified(std::size_t count) {
    return spin_until([&] { return stand_in_->notified().size() >= count; });
  }
  // All that was sent before has been handled on both sides.
  void settle() {
    Notice last = mounted();
    last.key = QStringLiteral("last %1").arg(++settled_);
    last.title = last.key;
    server_->show(last);
    ASSERT_TRUE(spin_until([&] {
      const auto notified = stand_in_->notified();
      return !notified.empty() && notified.back().title == last.title.toStdString();
    }));
    const auto id = stand_in_->notified().back().id;
    ASSERT_TRUE(spin_until([&] {
      stand_in_->tell_closed(id, kExpired);  // too early before the answer to Notify is there
      return std::ranges::count(closed_, last.key) > 0;
    }));
    closed_.clear();
  }

  int settled_ = 0;
  support::PrivateBus bus_;
  QString name_ = new_connection_name();
  std::optional<NotificationServer> server_{
      std::in_place, QDBusConnection::connectToBus(QString::fromStdString(bus_.address()), name_)};
  std::optional<StandInNotifications> stand_in_;
  std::vector<QString> undelivered_;
  std::vector<QString> closed_;
  std::vector<std::pair<QString, Action>> invoked_;
};

TEST_F(NotificationServerTest, ShowsANoticeWithAllThatItSays) {
  run_server();
  server_->show(mounted());
  ASSERT_TRUE(was_notified(1));
  const Notified shown = stand_in_->notified().front();
  EXPECT_EQ(shown.replaces, 0U);
  EXPECT_EQ(shown.title, "sda1 mounted");
  EXPECT_EQ(shown.body, "on /media/STICK");
  EXPECT_EQ(shown.icon, "drive-removable-media");
  EXPECT_THAT(shown.actions, ElementsAre("open", "Open"));
  EXPECT_EQ(shown.urgency(), 1);
  EXPECT_EQ(shown.hints.at("desktop-entry").get<std::string>(), "kevent-tray");
  EXPECT_EQ(shown.timeout, -1);
}

TEST_F(NotificationServerTest, LetsWhatStaysNeverExpire) {
  run_server();
  server_->show(overheating());
  ASSERT_TRUE(was_notified(1));
  const Notified shown = stand_in_->notified().front();
  EXPECT_EQ(shown.urgency(), 2);
  EXPECT_EQ(shown.timeout, 0);
}

TEST_F(NotificationServerTest, ReplacesTheNotificationOfTheSameKey) {  // V1
  run_server();
  server_->show(mounted());
  settle();
  server_->show(mounted(QStringLiteral("somewhere else")));
  ASSERT_TRUE(was_notified(3));
  EXPECT_EQ(stand_in_->notified().back().replaces, stand_in_->notified().front().id);
}

TEST_F(NotificationServerTest, SendsASlowServerOnlyTheLatest) {  // V1
  run_server();
  stand_in_->hold();
  server_->show(mounted(QStringLiteral("0")));
  ASSERT_TRUE(was_notified(1));
  for (int i = 1; i <= 100; ++i) server_->show(mounted(QString::number(i)));
  stand_in_->answer();
  ASSERT_TRUE(was_notified(2));
  settle();
  const auto notified = stand_in_->notified();
  ASSERT_EQ(notified.size(), 3U);
  EXPECT_EQ(notified[1].body, "100");
  EXPECT_EQ(notified[1].replaces, notified[0].id);
}

TEST_F(NotificationServerTest, ClosesWhatASlowServerHasNotShownYet) {  // V1
  run_server();
  stand_in_->hold();
  server_->show(mounted());
  ASSERT_TRUE(was_notified(1));
  server_->close(mounted().key);
  stand_in_->answer();
  EXPECT_TRUE(spin_until([&] { return !stand_in_->closed().empty(); }));
  EXPECT_THAT(stand_in_->closed(), ElementsAre(stand_in_->notified().front().id));
}

TEST_F(NotificationServerTest, AsksEachServerOnceWhatItCanDo) {  // V2
  run_server();
  server_->show(mounted());
  server_->show(overheating());
  ASSERT_TRUE(was_notified(2));
  settle();
  EXPECT_EQ(stand_in_->asked_for_capabilities(), 1);
}

TEST_F(NotificationServerTest, EscapesTheBodyButNotTheTitleWhereThereIsMarkup) {  // V2
  run_server();
  Notice notice = mounted(QStringLiteral("<b>&"));
  notice.title = QStringLiteral("<i>title");
  server_->show(notice);
  ASSERT_TRUE(was_notified(1));
  EXPECT_EQ(stand_in_->notified().front().body, "&lt;b&gt;&amp;");
  EXPECT_EQ(stand_in_->notified().front().title, "<i>title");
}

TEST_F(NotificationServerTest, SendsThePlainBodyWhereThereIsNoMarkup) {  // V2
  run_server({"body"});
  server_->show(mounted(QStringLiteral("<b>&")));
  ASSERT_TRUE(was_notified(1));
  EXPECT_EQ(stand_in_->notified().front().body, "<b>&");
}

TEST_F(NotificationServerTest, SendsNoActionsToAServerWithoutThem) {  // V2
  run_server({"body"});
  server_->show(mounted());
  ASSERT_TRUE(was_notified(1));
  EXPECT_THAT(stand_in_->notified().front().actions, IsEmpty());
}

TEST_F(NotificationServerTest, LeavesWhatTheUserClosedClosedWhileItIsTheSame) {  // V3
  run_server();
  server_->show(overheating());
  settle();
  stand_in_->tell_closed(stand_in_->notified().front().id, kByUser);
  ASSERT_TRUE(spin_until([&] { return !closed_.empty(); }));
  server_->show(overheating(QStringLiteral("96 degrees")));
  settle();
  EXPECT_EQ(stand_in_->notified().size(), 3U);  // and settle()'s two
}

TEST_F(NotificationServerTest, ShowsWhatTheUserClosedWhenItChanges) {  // V3
  run_server();
  server_->show(overheating());
  settle();
  stand_in_->tell_closed(stand_in_->notified().front().id, kByUser);
  ASSERT_TRUE(spin_until([&] { return !closed_.empty(); }));
  Notice normal = overheating();
  normal.title = QStringLiteral("Back to normal");
  normal.stays = false;
  server_->show(normal);
  ASSERT_TRUE(was_notified(3));
  EXPECT_EQ(stand_in_->notified().back().title, "Back to normal");
  EXPECT_EQ(stand_in_->notified().back().replaces, 0U);
}

TEST_F(NotificationServerTest, ShowsWhatLastsToTheNextServer) {  // V4
  run_server();
  server_->show(mounted());
  server_->show(overheating());
  ASSERT_TRUE(was_notified(2));
  settle();
  stand_in_->stop();
  stand_in_->start();
  ASSERT_TRUE(was_notified(4));
  settle();
  const auto notified = stand_in_->notified();
  ASSERT_EQ(notified.size(), 5U);
  EXPECT_EQ(notified[3].title, "Overheating");
  EXPECT_EQ(notified[3].replaces, 0U);
  EXPECT_EQ(stand_in_->asked_for_capabilities(), 2);
}

TEST_F(NotificationServerTest, SurvivesAServerThatDiesBeforeItsAnswer) {  // V4
  run_server();
  stand_in_->hold();
  server_->show(overheating());
  ASSERT_TRUE(was_notified(1));
  stand_in_->stop();
  stand_in_->answer();
  stand_in_->start();
  ASSERT_TRUE(was_notified(2));
  EXPECT_EQ(stand_in_->notified().back().title, "Overheating");
}

TEST_F(NotificationServerTest, SaysWhatCouldNotBeShown) {  // V5
  server_->show(mounted());
  EXPECT_TRUE(spin_until([&] { return !undelivered_.empty(); }));
  EXPECT_THAT(undelivered_, ElementsAre(mounted().title));
}

TEST_F(NotificationServerTest, ShowsWhatLastsWhenAServerAppears) {  // V5
  server_->show(mounted());
  server_->show(overheating());
  ASSERT_TRUE(spin_until([&] { return undelivered_.size() == 2; }));
  run_server();
  ASSERT_TRUE(was_notified(1));
  settle();
  EXPECT_EQ(stand_in_->notified().size(), 2U);
  EXPECT_EQ(stand_in_->notified().front().title, "Overheating");
}

TEST_F(NotificationServerTest, SaysSoWithoutASessionBus) {  // V5
  NotificationServer nowhere{QDBusConnection(QStringLiteral("none"))};
  bool said = false;
  QObject::connect(&nowhere, &NotificationServer::undelivered, [&] { said = true; });
  nowhere.show(mounted());
  EXPECT_TRUE(spin_until([&] { return said; }));
}

TEST_F(NotificationServerTest, SaysWhatWasClicked) {
  run_server();
  server_->show(mounted());
  settle();
  stand_in_->tell_invoked(stand_in_->notified().front().id, "open");
  ASSERT_TRUE(spin_until([&] { return !invoked_.empty(); }));
  EXPECT_EQ(invoked_.front(), (std::pair{mounted().key, Action::kOpen}));
}

TEST_F(NotificationServerTest, DoesNothingThatWasNotOffered) {
  run_server();
  server_->show(mounted());
  settle();
  stand_in_->tell_invoked(stand_in_->notified().front().id, "eject");
  stand_in_->tell_invoked(stand_in_->notified().front().id, "%s");
  settle();
  EXPECT_THAT(invoked_, IsEmpty());
}

TEST_F(NotificationServerTest, BelievesNobodyButTheServer) {  // V6
  run_server();
  server_->show(mounted());
  settle();
  const auto stranger = sdbus::createSessionBusConnectionWithAddress(bus_.address());
  const auto object = sdbus::createObject(*stranger, "/org/freedesktop/Notifications");
  auto signal = object->createSignal("org.freedesktop.Notifications", "ActionInvoked");
  signal << stand_in_->notified().front().id << "open";
  signal.send();
  const auto bus = sdbus::createProxy(*stranger, "org.freedesktop.DBus", "/org/freedesktop/DBus");
  bus->callMethod("GetId").onInterface("org.freedesktop.DBus");  // so the signal is on its way
  settle();
  EXPECT_THAT(invoked_, IsEmpty());
}

TEST_F(NotificationServerTest, ForgetsTheOldestOfManyKeys) {  // V7
  run_server();
  server_->show(mounted());
  settle();
  settle();  // the first is surely answered by now
  for (std::size_t i = 0; i < NotificationServer::kMostKeys; ++i) {
    Notice notice = mounted();
    notice.key = QString::number(i);
    server_->show(notice);
  }
  const std::size_t before = 3 + NotificationServer::kMostKeys;
  ASSERT_TRUE(was_notified(before));
  ASSERT_TRUE(spin_until([&] {
    server_->show(mounted());  // in vain while all the others wait for their answers
    return stand_in_->notified().size() > before;
  }));
  EXPECT_EQ(stand_in_->notified()[before].replaces, 0U);
}

TEST_F(NotificationServerTest, HoldsNoMoreThanThatForAServerThatHangs) {  // V7
  run_server();
  stand_in_->hold();
  for (std::size_t i = 0; i < NotificationServer::kMostKeys; ++i) {
    Notice notice = mounted();
    notice.key = QString::number(i);
    server_->show(notice);
  }
  ASSERT_TRUE(was_notified(NotificationServer::kMostKeys));
  server_->show(overheating());
  EXPECT_THAT(undelivered_, ElementsAre(overheating().title));
}

TEST_F(NotificationServerTest, ClosesWhatLastsAtItsEnd) {  // V8
  run_server();
  server_->show(overheating());
  settle();
  settle();  // the first is surely answered by now
  const std::uint32_t id = stand_in_->notified().front().id;
  server_.reset();
  ASSERT_TRUE(spin_until([&] { return !stand_in_->closed().empty(); }));
  EXPECT_THAT(stand_in_->closed(), ElementsAre(id));
}

}  // namespace
}  // namespace kevent::test

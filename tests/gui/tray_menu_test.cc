// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/tray_menu.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QWidgetAction>

#include "gui/tray/tray_icon.h"
#include "tests/gui/sample_events.h"

namespace kevent::gui {
namespace {

using test::sample_event;

class TrayMenuTest : public testing::Test {
 protected:
  void append_notices(std::uint64_t first, std::uint64_t count) {
    for (std::uint64_t sequence = first; sequence < first + count; ++sequence) {
      events.append({sample_event(sequence, "/devices/n" + std::to_string(sequence), "media_change",
                                  event::priority::kNotice)});
    }
    events.flush();
  }

  // Everything that can be chosen and names an object "n...".
  QList<QAction*> shown_events() const {
    QList<QAction*> shown;
    for (QAction* action : menu.actions()) {
      if (action->isVisible() && action->text().startsWith(QLatin1Char('n'))) shown << action;
    }
    return shown;
  }

  QAction* action(const QMenu& in, const QString& text) const {
    for (QAction* candidate : in.actions()) {
      if (candidate->text() == text) return candidate;
    }
    ADD_FAILURE() << text.toStdString();
    return nullptr;
  }

  const QMenu& submenu(const QString& beginning) const {
    for (const QAction* candidate : menu.actions()) {
      if (candidate->menu() != nullptr && candidate->text().startsWith(beginning)) {
        return *candidate->menu();
      }
    }
    ADD_FAILURE() << beginning.toStdString();
    return menu;
  }

  EventsModel events;
  TrayMenu menu{events};
};

// T1
TEST_F(TrayMenuTest, ShowsTheLastTenTheNewestFirst) {
  append_notices(1, 15);
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown_events().size() == 10; }));
  EXPECT_TRUE(shown_events().front()->text().startsWith(QLatin1String("n15")));
  EXPECT_TRUE(shown_events().back()->text().startsWith(QLatin1String("n6")));
}

// T1
TEST_F(TrayMenuTest, PassesOverWhatIsNotWorthSeeing) {
  events.append({sample_event(1, "/devices/n1", "add", event::priority::kInfo),
                 sample_event(2, "/devices/n2", "media_change", event::priority::kNotice)});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !shown_events().isEmpty(); }));
  EXPECT_EQ(shown_events().size(), 1);
}

// T2
TEST_F(TrayMenuTest, ChangesOnceForABurst) {
  append_notices(1, 10);
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown_events().size() == 10; }));
  QSignalSpy changed(shown_events().front(), &QAction::changed);
  append_notices(11, 5);
  append_notices(16, 5);
  ASSERT_TRUE(QTest::qWaitFor([&] { return changed.count() > 0; }));
  EXPECT_EQ(changed.count(), 1);
}

TEST_F(TrayMenuTest, OpensTheWindowAtTheEvent) {
  append_notices(1, 3);
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown_events().size() == 3; }));
  QSignalSpy requested(&menu, &TrayMenu::event_requested);
  shown_events().at(1)->trigger();
  ASSERT_EQ(requested.count(), 1);
  EXPECT_EQ(requested.front().front().toULongLong(), 2U);
}

TEST_F(TrayMenuTest, ChangesWhatIsTold) {
  Settings changed;
  QObject::connect(&menu, &TrayMenu::settings_changed, &menu,
                   [&](const Settings& settings) { changed = settings; });
  action(submenu(QStringLiteral("&Tell")), QStringLiteral("&Errors"))->trigger();
  EXPECT_FALSE(changed.told.errors);
  EXPECT_TRUE(changed.told.mounts);
}

TEST_F(TrayMenuTest, PausesAndResumes) {
  Settings changed;
  QObject::connect(&menu, &TrayMenu::settings_changed, &menu,
                   [&](const Settings& settings) { changed = settings; });
  const QMenu& pause = submenu(QStringLiteral("&Pause"));
  QAction* resume = action(pause, QStringLiteral("&Resume"));
  EXPECT_FALSE(resume->isEnabled());
  action(pause, QStringLiteral("For an &hour"))->trigger();
  EXPECT_GT(changed.paused_until, QDateTime::currentDateTime());
  resume->trigger();
  EXPECT_FALSE(changed.paused_until.isValid());
}

// A panel that shows it by D-Bus knows plain actions only.
TEST_F(TrayMenuTest, HoldsPlainActionsOnly) {
  for (const QAction* candidate : menu.actions()) {
    EXPECT_EQ(qobject_cast<const QWidgetAction*>(candidate), nullptr);
  }
}

TEST_F(TrayMenuTest, ShowsTheStateAsPlainText) {
  menu.set_state_line(QStringLiteral("R&D: 50 °C"));
  EXPECT_EQ(menu.actions().front()->text(), QStringLiteral("R&&D: 50 °C"));
  EXPECT_FALSE(menu.actions().front()->isEnabled());
}

TEST_F(TrayMenuTest, GivesTheIconATooltipThatIsNoMarkup) {
  TrayIcon icon(menu);
  icon.show_state(TrayState::kNotice, QStringLiteral("<b>hot</b>"));
  EXPECT_FALSE(Qt::mightBeRichText(icon.toolTip()));
  EXPECT_TRUE(icon.toolTip().contains(QLatin1String("<b>hot</b>")));
}

}  // namespace
}  // namespace kevent::gui

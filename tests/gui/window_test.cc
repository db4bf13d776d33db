// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/window.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>
#include <ctime>

#include "tests/gui/window_fixture.h"

namespace kevent::gui {
namespace {

using test::sample_event;
using test::sample_items;
using test::WindowTest;

class Keyboard : public WindowTest {
 protected:
  int page() const { return window->findChild<QTabWidget*>()->currentIndex(); }
};

TEST_F(Keyboard, ChangesThePage) {
  press(Qt::Key_3, Qt::ControlModifier);
  EXPECT_EQ(page(), Window::kTemperatures);
  press(Qt::Key_2, Qt::ControlModifier);
  EXPECT_EQ(page(), Window::kObjects);
  press(Qt::Key_1, Qt::ControlModifier);
  EXPECT_EQ(page(), Window::kEvents);
}

TEST_F(Keyboard, FindsTheSearchOfEachPage) {
  for (const Window::Page shown : {Window::kEvents, Window::kObjects}) {
    window->show_page(shown);
    window->findChild<QTabWidget*>()->setFocus();
    press(Qt::Key_F, Qt::ControlModifier);
    EXPECT_NE(qobject_cast<QLineEdit*>(window->focusWidget()), nullptr) << shown;
  }
}

TEST_F(Keyboard, ClosesByEscape) {
  press(Qt::Key_Escape);
  EXPECT_FALSE(window->isVisible());
}

TEST_F(Keyboard, Quits) {
  QSignalSpy quit(window.get(), &Window::quit_requested);
  press(Qt::Key_Q, Qt::ControlModifier);
  EXPECT_EQ(quit.count(), 1);
}

TEST_F(Keyboard, RefreshesTheObjects) {
  QSignalSpy asked(window.get(), &Window::objects_requested);
  press(Qt::Key_F5);
  EXPECT_EQ(asked.count(), 1);
}

TEST_F(Keyboard, CopiesTheSelectedRows) {
  append(sample_items(1, 3));
  auto& table = named<QTableView>(QStringLiteral("Events"));
  table.selectAll();
  QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
  const QString copied = QGuiApplication::clipboard()->text();
  EXPECT_EQ(copied.count(QLatin1Char('\n')), 2);
  EXPECT_TRUE(copied.contains(QLatin1String("/devices/virtual/block/loop0\tchange")));
}

// Everything that takes the keyboard says what it is: by a name of its own, its text, or its label.
TEST_F(WindowTest, NamesEveryWidgetThatTakesTheKeyboard) {
  std::set<const QWidget*> labelled;
  for (const QLabel* label : window->findChildren<QLabel*>()) labelled.insert(label->buddy());
  for (const QWidget* widget : window->findChildren<QWidget*>()) {
    const bool part_of_another = qobject_cast<const QAbstractScrollArea*>(widget->parent()) ||
                                 qobject_cast<const QComboBox*>(widget->parent()) ||
                                 qobject_cast<const QTabWidget*>(widget->parent()) ||
                                 qobject_cast<const QLineEdit*>(widget->parent());
    const bool is_open = widget->window() == window.get();
    if (widget->focusPolicy() == Qt::NoFocus || part_of_another || !is_open) continue;
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const auto* label = qobject_cast<const QLabel*>(widget);
    const bool says = !widget->accessibleName().isEmpty() || labelled.contains(widget) ||
                      (button != nullptr && !button->text().isEmpty()) ||
                      (label != nullptr && !label->text().isEmpty());
    const bool has_place = widget->metaObject()->className() != std::string_view("QSplitterHandle");
    EXPECT_TRUE(says || !has_place) << widget->metaObject()->className();
  }
}

TEST_F(WindowTest, SaysWhyThereIsNothing) {
  const auto labels = window->findChildren<QLabel*>();
  EXPECT_TRUE(std::ranges::any_of(labels, [](const QLabel* label) {
    return label->isVisible() && label->text().startsWith(QLatin1String("No events yet"));
  }));
}

TEST_F(WindowTest, SaysThatNothingPassesTheFilter) {
  append(sample_items(1, 3));
  search_for(QStringLiteral("nothing like that"));
  EXPECT_TRUE(QTest::qWaitFor([&] {
    return std::ranges::any_of(window->findChildren<QLabel*>(), [](const QLabel* label) {
      return label->isVisible() && label->text().startsWith(QLatin1String("No event passes"));
    });
  }));
}

TEST_F(WindowTest, SaysWhyTheServiceIsAwayAndWhatToDo) {
  window->set_problem(QStringLiteral("the bus is gone"));
  const auto shown = [&] {
    return std::ranges::any_of(window->findChildren<QLabel*>(), [](const QLabel* label) {
      return label->isVisible() && label->text().contains(QLatin1String("the bus is gone")) &&
             label->text().contains(QLatin1String("systemctl start keventd"));
    });
  };
  EXPECT_TRUE(shown());
  window->set_problem({});
  EXPECT_FALSE(shown());
}

TEST_F(WindowTest, ShowsAllThatTheSelectedEventSays) {
  append({sample_event(7, "/devices/virtual/block/loop0", "add")});
  window->show_event(7);
  const auto& details = named<QTableView>(QStringLiteral("Details of the event"));
  EXPECT_GT(details.model()->rowCount(), 6);
}

TEST_F(WindowTest, ShowsAnEventThatTheFilterHides) {
  append({sample_event(1, "/devices/a", "add"), sample_event(2, "/devices/b", "add")});
  search_for(QStringLiteral("nothing like that"));
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return named<QTableView>(QStringLiteral("Events")).model()->rowCount() == 0; }));
  window->show_event(1);
  const auto& table = named<QTableView>(QStringLiteral("Events"));
  const QModelIndex current = table.currentIndex();
  EXPECT_EQ(current.siblingAtColumn(EventsModel::kObject).data(), QStringLiteral("/devices/a"));
}

TEST_F(WindowTest, KeepsTheRowsInSightWhenOthersCome) {
  append(sample_items(1, 500));
  auto& table = named<QTableView>(QStringLiteral("Events"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return table.verticalScrollBar()->maximum() > 100; }));
  table.verticalScrollBar()->setValue(100);
  append(sample_items(501, 50));
  EXPECT_TRUE(QTest::qWaitFor([&] { return table.verticalScrollBar()->value() == 150; }));
}

TEST_F(WindowTest, StaysWithTheNewestAtTheTop) {
  append(sample_items(1, 500));
  append(sample_items(501, 50));
  QCoreApplication::processEvents();
  EXPECT_EQ(named<QTableView>(QStringLiteral("Events")).verticalScrollBar()->value(), 0);
}

TEST_F(WindowTest, AsksForTheObjectsWhenTheyAreFirstShown) {
  QSignalSpy asked(window.get(), &Window::objects_requested);
  window->show_page(Window::kObjects);
  window->show_page(Window::kEvents);
  window->show_page(Window::kObjects);
  EXPECT_EQ(asked.count(), 1);
}

TEST_F(WindowTest, AsksForThePropertiesOfTheSelectedObject) {
  set_objects({"/devices/virtual/block/loop0"}, "block");
  std::vector<std::string> asked;
  QObject::connect(window.get(), &Window::object_selected, window.get(),
                   [&](const std::string& object) { asked.push_back(object); });
  window->show_object("/devices/virtual/block/loop0");
  EXPECT_EQ(asked, (std::vector<std::string>{"/devices/virtual/block/loop0"}));
}

TEST_F(WindowTest, SelectsTheObjectThatWasAskedForBeforeTheTreeWasThere) {
  window->show_object("/devices/virtual/block/loop0");
  set_objects({"/devices/virtual/block/loop0"}, "block");
  const QModelIndex current = window->findChild<QTreeView*>()->currentIndex();
  EXPECT_EQ(current.siblingAtColumn(0).data(), QStringLiteral("loop0"));
}

TEST_F(WindowTest, SaysWhichObjectItsButtonsMeanWhenThatIsNotInTheTree) {
  set_objects({"/devices/virtual/block/loop0"}, "block");
  window->show_object("/devices/virtual/block/loop0");
  window->show_object("/fs/tmpfs");
  EXPECT_EQ(named<QLabel>(QStringLiteral("The selected object")).text(),
            QStringLiteral("/fs/tmpfs"));
}

TEST_F(WindowTest, ShowsTheNearestOfAnObjectThatIsGone) {
  set_objects({"/devices/virtual/block/loop0"}, "block");
  window->show_object("/devices/virtual/block/loop0");
  std::string asked;
  QObject::connect(window.get(), &Window::object_selected, window.get(),
                   [&](const std::string& object) { asked = object; });
  window->show_object("/devices/virtual/block/loop0/loop0p1");
  EXPECT_EQ(asked, "/devices/virtual/block/loop0");
}

TEST_F(WindowTest, ShowsTheTimelineForWhatHasNoObject) {
  window->show_page(Window::kObjects);
  window->show_object("");
  EXPECT_EQ(window->findChild<QTabWidget*>()->currentIndex(), Window::kEvents);
}

TEST_F(WindowTest, KeepsWhatIsUnfoldedWhenTheTreeIsReadAnew) {
  window->show_page(Window::kObjects);
  set_objects({"/devices/a/b/c/d"}, "block");
  auto* tree = window->findChild<QTreeView*>();
  tree->expandAll();
  set_objects({"/devices/a/b/c/d", "/devices/a/b/c/e"}, "block");
  QModelIndex index = tree->model()->index(0, 0);
  for (int depth = 0; depth < 3; ++depth) index = tree->model()->index(0, 0, index);
  EXPECT_EQ(index.data(), QStringLiteral("c"));
  EXPECT_TRUE(tree->isExpanded(index));
}

TEST_F(WindowTest, OffersToMountABlockDeviceAndNothingElse) {
  set_objects({"/devices/virtual/block/loop0"}, "block");
  window->show_object("/devices/virtual/block/loop0");
  const auto mount = [&] {
    for (const auto* button : window->findChildren<QAbstractButton*>()) {
      if (button->text() == QLatin1String("&Mount")) return button->isEnabled();
    }
    return false;
  };
  EXPECT_TRUE(mount());
  window->show_object("/devices/virtual");
  EXPECT_FALSE(mount());
}

TEST_F(WindowTest, TellsWhetherTheTemperaturesAreWatched) {
  std::vector<bool> watched;
  QObject::connect(window.get(), &Window::temperatures_watched, window.get(),
                   [&](bool is_watched) { watched.push_back(is_watched); });
  window->show_page(Window::kTemperatures);
  window->close();
  EXPECT_EQ(watched, (std::vector<bool>{true, false}));
}

TEST_F(WindowTest, KeepsItsGeometry) {
  window->resize(901, 607);
  window->close();
  window.reset();
  open();
  EXPECT_EQ(window->size(), QSize(901, 607));
}

// In time of the processor, so that a busy machine does not count; the screen's whole way, in the
// time of the machine, is measured from outside by the scenes.
TEST_F(WindowTest, DoesNotStallUnderTenThousandEvents) {
  const auto processor_ms = [] {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
  };
  append(sample_items(1, EventsModel::kMostRows));
  constexpr std::uint64_t kBatch = 128;
  std::int64_t longest = 0;
  for (std::uint64_t first = 1; first <= 10'000; first += kBatch) {
    const auto start = processor_ms();
    events.append(sample_items(EventsModel::kMostRows + first, kBatch));
    QCoreApplication::processEvents();
    longest = std::max<std::int64_t>(longest, processor_ms() - start);
  }
  EXPECT_LT(longest, 100);
}

}  // namespace
}  // namespace kevent::gui

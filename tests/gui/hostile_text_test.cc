// SPDX-License-Identifier: LGPL-2.1-or-later
// Text of foreign origin on every part of the screen: nothing of it is markup, a format, or a
// command to the layout, and nothing makes the window wider.
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTextDocument>
#include <QTreeView>

#include "gui/tray/tray_menu.h"
#include "tests/gui/window_fixture.h"

namespace kevent::gui {
namespace {

using test::sample_event;

const std::vector<std::string> kHostile = {
    "<b>bold</b><img src=file:///etc/passwd>",
    "%n %1 %2 %s",
    "a\nb\tc\x1b[31m\x7f",
    "\u202egnp.exe\u202c",
    std::string(4096, 'x'),
    "broken \xff\xc3\x28 utf-8",
    "&Quit && run",
};

// Nothing that reorders, ends or hides what stands around it.
bool is_tame(const QString& text) {
  return std::ranges::none_of(text, [](QChar character) {
    return character.category() == QChar::Other_Control ||
           character.category() == QChar::Other_Format || character == QChar::ReplacementCharacter;
  });
}

class HostileText : public test::WindowTest, public testing::WithParamInterface<std::string> {
 protected:
  std::string object() const { return "/devices/virtual/block/" + GetParam(); }

  void expect_tame_cells(const QAbstractItemModel& model, const QModelIndex& parent = {}) {
    for (int row = 0; row < model.rowCount(parent); ++row) {
      for (int column = 0; column < model.columnCount(parent); ++column) {
        const QModelIndex cell = model.index(row, column, parent);
        EXPECT_TRUE(is_tame(cell.data().toString())) << cell.data().toString().toStdString();
      }
      expect_tame_cells(model, model.index(row, 0, parent));
    }
  }
};

TEST_P(HostileText, IsTameInTheTablesAndTheTree) {
  event::Event event = sample_event(1, object(), GetParam(), event::priority::kNotice);
  event.details.set_text(event::key::kMountPoint, GetParam());
  event.details.set(event::key::kUevent, event::Environment{{"NAME", GetParam()}});
  append({event});
  window->show_event(1);
  set_objects({object()}, "block");
  window->show_object(object());
  properties.set_properties(properties_of(nlohmann::json::object(), {{"ID", GetParam()}}, false));
  for (const auto* table : window->findChildren<QTableView*>()) expect_tame_cells(*table->model());
  expect_tame_cells(*window->findChild<QTreeView*>()->model());
}

TEST_P(HostileText, IsNeverMarkupInALabel) {
  set_objects({object()}, "block");
  window->show_object(object());
  window->set_problem(QString::fromStdString(GetParam()));
  for (const QLabel* label : window->findChildren<QLabel*>()) {
    EXPECT_TRUE(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()))
        << label->text().toStdString();
  }
}

TEST_P(HostileText, IsNeverMarkupInATooltip) {
  properties.set_properties(properties_of(nlohmann::json::object(), {{"ID", GetParam()}}, false));
  const QString tooltip =
      properties.index(0, PropertiesModel::kValue).data(Qt::ToolTipRole).toString();
  EXPECT_FALSE(tooltip.contains(QLatin1String("<b>")));
}

TEST_P(HostileText, DoesNotMakeTheWindowWider) {
  const int before = window->minimumSizeHint().width();
  set_objects({object()}, "block");
  window->show_object(object());
  window->set_problem(QString::fromStdString(GetParam()));
  window->show_message(QString::fromStdString(GetParam()));
  temperatures.look({{.object = "/devices/t", .type = GetParam(), .millidegrees = 1}}, 1);
  window->show_page(Window::kTemperatures);
  EXPECT_LE(window->minimumSizeHint().width(), before + 100);
}

TEST_P(HostileText, IsTameInTheMenu) {
  TrayMenu menu(events);
  append({sample_event(1, object(), "media_change", event::priority::kNotice)});
  const auto shown = [&] {
    return std::ranges::count_if(menu.actions(), [](const QAction* action) {
      return action->isVisible() && !action->text().isEmpty();
    });
  };
  const auto before = shown();
  // "No events yet" goes, and the event comes.
  ASSERT_TRUE(QTest::qWaitFor([&] { return !menu.actions().at(2)->isVisible(); }));
  EXPECT_EQ(shown(), before);
  for (const QAction* action : menu.actions()) {
    EXPECT_TRUE(is_tame(action->text()));
    EXPECT_LT(action->text().size(), 200);
  }
}

INSTANTIATE_TEST_SUITE_P(Each, HostileText, testing::ValuesIn(kHostile));

}  // namespace
}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/table_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringList>
#include <algorithm>
#include <utility>

namespace kevent::gui {

TableView::TableView(QAbstractItemModel& model, QWidget* parent) : QTableView(parent) {
  setModel(&model);
  setShowGrid(false);
  setWordWrap(false);
  setAlternatingRowColors(true);
  setSelectionBehavior(SelectRows);
  setSelectionMode(ExtendedSelection);
  setEditTriggers(NoEditTriggers);
  setTabKeyNavigation(false);
  setTextElideMode(Qt::ElideMiddle);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  set_row_height();
}

void TableView::set_column_width(int column, int digits) {
  constexpr int kPadding = 16;
  const int width = fontMetrics().horizontalAdvance(QString(digits, QLatin1Char('0')));
  setColumnWidth(column, width + kPadding);
}

// V1
void TableView::copy_rows() const {
  QModelIndexList rows = selectionModel()->selectedRows();
  std::sort(rows.begin(), rows.end());
  QStringList lines;
  for (const QModelIndex& row : std::as_const(rows)) {
    QStringList cells;
    for (int column = 0; column < model()->columnCount(); ++column) {
      cells << row.siblingAtColumn(column).data().toString();
    }
    lines << cells.join(QLatin1Char('\t'));
  }
  if (!lines.isEmpty()) QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void TableView::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    copy_rows();
    event->accept();
    return;
  }
  QTableView::keyPressEvent(event);
}

// V2: the scroll bar counts in rows.
void TableView::rowsInserted(const QModelIndex& parent, int first, int last) {
  if (first == 0 && verticalScrollBar()->value() > 0) inserted_above_ += last - first + 1;
  QTableView::rowsInserted(parent, first, last);
}

void TableView::updateGeometries() {
  QTableView::updateGeometries();
  const int inserted = std::exchange(inserted_above_, 0);
  if (inserted > 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + inserted);
}

void TableView::changeEvent(QEvent* event) {
  QTableView::changeEvent(event);
  if (event->type() == QEvent::FontChange) set_row_height();
}

void TableView::set_row_height() {
  constexpr int kPadding = 6;
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kPadding);
}

}  // namespace kevent::gui

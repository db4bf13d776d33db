// SPDX-License-Identifier: LGPL-2.1-or-later
// A table of rows, as this window shows them: all of one height, so that twenty thousand cost no
// more than those on the screen.
//
// Rules:
//   V1  Ctrl+C copies the selected rows, cells separated by tabs.
//   V2  Who has scrolled down keeps the same rows in sight when others come above them; who is at
//       the top sees what is new.
#pragma once

#include <QTableView>

namespace kevent::gui {

class TableView : public QTableView {
  Q_OBJECT

 public:
  // `model` outlives the view.
  explicit TableView(QAbstractItemModel& model, QWidget* parent = nullptr);

  // So wide that this many digits fit.
  void set_column_width(int column, int digits);

  void copy_rows() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void rowsInserted(const QModelIndex& parent, int first, int last) override;
  void updateGeometries() override;
  void changeEvent(QEvent* event) override;

 private:
  void set_row_height();

  int inserted_above_ = 0;  // since the rows were last laid out
};

}  // namespace kevent::gui

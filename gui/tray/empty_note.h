// SPDX-License-Identifier: LGPL-2.1-or-later
// What stands in a view while it has no rows: a sentence that says why.
#pragma once

#include <QAbstractItemView>
#include <QLabel>

namespace kevent::gui {

class EmptyNote : public QLabel {
  Q_OBJECT

 public:
  // `view` has its model already, and owns the note.
  explicit EmptyNote(QAbstractItemView& view);

  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();

  QAbstractItemView& view_;
};

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/empty_note.h"

#include <QEvent>

namespace kevent::gui {

EmptyNote::EmptyNote(QAbstractItemView& view) : QLabel(view.viewport()), view_(view) {
  setTextFormat(Qt::PlainText);
  setAlignment(Qt::AlignCenter);
  setWordWrap(true);
  setForegroundRole(QPalette::PlaceholderText);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  view.viewport()->installEventFilter(this);
  const QAbstractItemModel* model = view.model();
  connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyNote::place);
  connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyNote::place);
  connect(model, &QAbstractItemModel::modelReset, this, &EmptyNote::place);
  place();
}

bool EmptyNote::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) place();
  return QLabel::eventFilter(watched, event);
}

void EmptyNote::place() {
  constexpr int kMargin = 16;
  setVisible(view_.model()->rowCount() == 0);
  setGeometry(view_.viewport()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin));
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/properties_view.h"

#include <QHeaderView>

#include "gui/tray/empty_note.h"

namespace kevent::gui {

PropertiesView::PropertiesView(PropertiesModel& properties, const QString& empty, QWidget* parent)
    : TableView(properties, parent) {
  constexpr int kSectionDigits = 14;
  constexpr int kNameDigits = 24;
  set_column_width(PropertiesModel::kSection, kSectionDigits);
  set_column_width(PropertiesModel::kName, kNameDigits);
  horizontalHeader()->setStretchLastSection(true);
  setTextElideMode(Qt::ElideRight);
  (new EmptyNote(*this))->setText(empty);
}

}  // namespace kevent::gui

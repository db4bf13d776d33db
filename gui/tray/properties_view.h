// SPDX-License-Identifier: LGPL-2.1-or-later
// The properties of one thing, to read and to copy.
#pragma once

#include "gui/model/properties.h"
#include "gui/tray/table_view.h"

namespace kevent::gui {

class PropertiesView : public TableView {
  Q_OBJECT

 public:
  // `properties` outlives the view. `empty`: the sentence that stands there without any.
  PropertiesView(PropertiesModel& properties, const QString& empty, QWidget* parent = nullptr);
};

}  // namespace kevent::gui

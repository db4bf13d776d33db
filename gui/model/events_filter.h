// SPDX-License-Identifier: LGPL-2.1-or-later
// Which rows of the EventsModel a person wants to see: the service's own filter, and a search in
// the text. What says that events are missing passes both.
#pragma once

#include <QSortFilterProxyModel>

#include "gui/model/events_model.h"
#include "lib/event/filter.h"

namespace kevent::gui {

class EventsFilter : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit EventsFilter(EventsModel& events, QObject* parent = nullptr);

  // Those that pass `filter`, and whose object, signal or what contain `search`, in any case.
  void set_filter(const event::Filter& filter, const QString& search = {});

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  bool found_in(int row) const;

  EventsModel& events_;
  event::Filter filter_;
  QString search_;
};

}  // namespace kevent::gui

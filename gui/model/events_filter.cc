// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/events_filter.h"

#include <algorithm>
#include <array>

namespace kevent::gui {

EventsFilter::EventsFilter(EventsModel& events, QObject* parent)
    : QSortFilterProxyModel(parent), events_(events) {
  setSourceModel(&events);
}

void EventsFilter::set_filter(const event::Filter& filter, const QString& search) {
  filter_ = filter;
  search_ = search;
  invalidateFilter();
}

bool EventsFilter::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
  const event::Event* event = events_.event_at(row);
  if (event == nullptr || event::is_events_lost(*event)) return true;
  return filter_.matches(*event) && found_in(row);
}

bool EventsFilter::found_in(int row) const {
  constexpr std::array kColumns = {EventsModel::kObject, EventsModel::kSignal, EventsModel::kWhat};
  return search_.isEmpty() || std::ranges::any_of(kColumns, [&](int column) {
           return events_.text(row, column).contains(search_, Qt::CaseInsensitive);
         });
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/events_model.h"

#include <algorithm>
#include <iterator>

#include "gui/model/text.h"
#include "gui/model/words.h"

namespace kevent::gui {
namespace {

using event::Event;

QString overwritten_text(std::uint64_t count) {
  return EventsModel::tr("%n events were no longer in the log", nullptr, plural(count));
}

QString what_text(const client::Item& item, bool fahrenheit) {
  if (const auto* event = std::get_if<Event>(&item)) return event_summary(*event, fahrenheit);
  if (const auto* overwritten = std::get_if<client::Overwritten>(&item)) {
    return overwritten_text(overwritten->count);
  }
  return EventsModel::tr("The log was replaced: events may be missing, and numbers start again");
}

}  // namespace

EventsModel::EventsModel(QObject* parent) : QAbstractTableModel(parent) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &EventsModel::flush);
}

void EventsModel::append(const std::vector<client::Item>& items) {
  gathered_.insert(gathered_.end(), items.begin(), items.end());
  if (gathered_.size() >= static_cast<std::size_t>(kMostRows)) flush();
  if (!timer_.isActive() && !gathered_.empty()) timer_.start(kGatherTime);
}

void EventsModel::flush() {
  timer_.stop();
  if (gathered_.empty()) return;
  const int rows = rowCount();
  const int added = static_cast<int>(std::min<std::size_t>(gathered_.size(), kMostRows));
  if (rows + added > kMostRows) {
    beginRemoveRows({}, kMostRows - added, rows - 1);
    rows_.resize(static_cast<std::size_t>(kMostRows - added));
    endRemoveRows();
  }
  beginInsertRows({}, 0, added - 1);
  rows_.insert(rows_.begin(), std::make_move_iterator(gathered_.rbegin()),
               std::make_move_iterator(gathered_.rbegin() + added));
  endInsertRows();
  gathered_.clear();
}

std::optional<int> EventsModel::row_of(std::uint64_t sequence) const {
  const auto found = std::ranges::find_if(rows_, [&](const client::Item& item) {
    const auto* event = std::get_if<Event>(&item);
    return event != nullptr && event->sequence == sequence;
  });
  if (found == rows_.end()) return std::nullopt;
  return static_cast<int>(found - rows_.begin());
}

void EventsModel::set_fahrenheit(bool fahrenheit) {
  if (fahrenheit == fahrenheit_) return;
  fahrenheit_ = fahrenheit;
  if (!rows_.empty()) Q_EMIT dataChanged(index(0, kWhat), index(rowCount() - 1, kWhat));
}

int EventsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int EventsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant EventsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Event* event = event_at(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return text(index.row(), index.column());
    case Qt::TextAlignmentRole:
      if (index.column() == kSequence) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
      return {};
    case kPriorityRole:
      return event == nullptr ? event::priority::kError : event->priority;
    default:
      return {};
  }
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kTime:
      return tr("Time");
    case kGroup:
      return tr("Group");
    case kObject:
      return tr("Object");
    case kSignal:
      return tr("Signal");
    case kPriority:
      return tr("Priority");
    case kWhat:
      return tr("What");
    case kSequence:
      return tr("Number");
    default:
      return {};
  }
}

QString EventsModel::text(int row, int column) const {
  if (column == kWhat) return what_text(item(row), fahrenheit_);
  const Event* event = event_at(row);
  if (event == nullptr) return {};
  switch (column) {
    case kTime:
      return time_text(event->time_us);
    case kGroup:
      return group_text(event->group);
    case kObject:
      return text_of(event->object);
    case kSignal:
      return text_of(event->signal);
    case kPriority:
      return priority_text(event->priority);
    default:
      return QString::number(event->sequence);
  }
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
// The timeline: what came out of the service's log, as rows for a view. EventsFilter stands between
// it and the view. Text is made when a cell is looked at, so that a burst costs little.
//
// Rules:
//   M1  The newest is row 0. Overwritten and NewLog are rows too: loss has its place in time.
//   M2  At most kMostRows rows; the oldest go first.
//   M3  What is appended within kGatherTime is one insertion, and at most one removal.
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "lib/client/follower.h"

namespace kevent::gui {

class EventsModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kTime, kWhat, kObject, kSignal, kGroup, kPriority, kSequence, kColumns };
  // int: syslog's scale; how bad the row is.
  static constexpr int kPriorityRole = Qt::UserRole;
  static constexpr int kMostRows = 20000;
  static constexpr std::chrono::milliseconds kGatherTime{50};

  explicit EventsModel(QObject* parent = nullptr);

  // In the order of the log. They become rows a moment later (M3), or by flush().
  void append(const std::vector<client::Item>& items);
  void flush();

  // What the row shows of the event in a column.
  QString text(int row, int column) const;
  const client::Item& item(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  // nullptr for a row that is no event.
  const event::Event* event_at(int row) const { return std::get_if<event::Event>(&item(row)); }
  // The row of the newest event with this sequence.
  std::optional<int> row_of(std::uint64_t sequence) const;

  // Temperatures are shown in degrees Fahrenheit from now on, or in Celsius.
  void set_fahrenheit(bool fahrenheit);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::deque<client::Item> rows_;  // the newest first
  std::vector<client::Item> gathered_;
  QTimer timer_;
  bool fahrenheit_ = false;
};

}  // namespace kevent::gui

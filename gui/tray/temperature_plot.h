// SPDX-License-Identifier: LGPL-2.1-or-later
// The temperatures of an hour as lines over time, the trips of their zones as level lines. Drawn in
// the palette's colours, light or dark.
//
// Rules:
//   D1  At most kMostLines zones are drawn: the hottest.
//   D2  With one zone each trip has its name in the legend; with several, a trip has the colour of
//       its zone, and no name.
#pragma once

#include <QList>
#include <QPalette>
#include <QPointF>
#include <QtCharts/QChart>
#include <QtCharts/QDateTimeAxis>
#include <QtCharts/QValueAxis>
#include <vector>

#include "gui/model/temperatures.h"

QT_FORWARD_DECLARE_CLASS(QLineSeries)

namespace kevent::gui {

class TemperaturePlot : public QChart {
  Q_OBJECT

 public:
  static constexpr std::size_t kMostLines = 12;

  TemperaturePlot();

  void draw(std::vector<const Zone*> zones, bool fahrenheit, const QPalette& palette);

 private:
  void make_axes();
  void apply_palette();
  void add_readings(const Zone& zone, const QColor& colour);
  void add_trips(const Zone& zone, std::size_t colour, bool named);
  void set_ranges();
  // Also makes room for it.
  QPointF point(qreal time_ms, int millidegrees);
  QLineSeries& add_line(const QString& name, const QPen& pen, const QList<QPointF>& points);

  QDateTimeAxis* time_ = nullptr;
  QValueAxis* degrees_ = nullptr;
  QPalette palette_;
  bool fahrenheit_ = false;
  QList<QPointF> corners_;  // of what is drawn: the least and the greatest; empty: nothing yet
};

}  // namespace kevent::gui

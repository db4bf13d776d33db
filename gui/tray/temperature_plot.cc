// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/temperature_plot.h"

#include <QDateTime>
#include <QGraphicsLayout>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>
#include <algorithm>
#include <functional>
#include <limits>

#include "gui/model/text.h"
#include "gui/tray/colours.h"

namespace kevent::gui {
namespace {

constexpr qreal kMsPerMinute = 60'000;
constexpr qreal kLineWidth = 2;

qreal degrees_of(int millidegrees, bool fahrenheit) {
  constexpr qreal kMilli = 1000;
  const qreal celsius = millidegrees / kMilli;
  return fahrenheit ? celsius * 9 / 5 + 32 : celsius;
}

// Where a trip is drawn in the plot at all: drivers tell unused ones as 0 or below.
bool is_drawn(const Trip& trip) {
  return trip.millidegrees > 0;
}

QString trip_text(const QString& type) {
  if (type == QLatin1String("critical")) return TemperaturePlot::tr("critical trip");
  if (type == QLatin1String("hot")) return TemperaturePlot::tr("hot trip");
  if (type == QLatin1String("passive")) return TemperaturePlot::tr("passive trip");
  if (type == QLatin1String("active")) return TemperaturePlot::tr("active trip");
  return text_of(type);
}

int last_reading(const Zone* zone) {
  return zone->readings.empty() ? std::numeric_limits<int>::min()
                                : zone->readings.back().millidegrees;
}

}  // namespace

TemperaturePlot::TemperaturePlot() {
  legend()->setAlignment(Qt::AlignBottom);
  legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
  setMargins({});
  layout()->setContentsMargins(0, 0, 0, 0);
}

void TemperaturePlot::draw(std::vector<const Zone*> zones, bool fahrenheit,
                           const QPalette& palette) {
  fahrenheit_ = fahrenheit;
  palette_ = palette;
  corners_.clear();
  removeAllSeries();
  make_axes();
  apply_palette();
  if (zones.size() > kMostLines) {
    std::ranges::stable_sort(zones, std::greater(), last_reading);
    zones.resize(kMostLines);
  }
  for (std::size_t line = 0; line < zones.size(); ++line) {
    add_readings(*zones[line], line_colour(line, palette_));
  }
  if (corners_.isEmpty()) return;
  for (std::size_t line = 0; line < zones.size(); ++line) {
    add_trips(*zones[line], line, zones.size() == 1);
  }
  set_ranges();
}

// Anew each time: Qt 6.4's axis of times shows nothing any more once its last line was removed.
void TemperaturePlot::make_axes() {
  for (QAbstractAxis* axis : axes()) {
    removeAxis(axis);
    delete axis;
  }
  time_ = new QDateTimeAxis;
  degrees_ = new QValueAxis;
  degrees_->setTitleText(fahrenheit_ ? tr("Temperature in °F") : tr("Temperature in °C"));
  degrees_->setLabelFormat(QStringLiteral("%.0f"));
  addAxis(time_, Qt::AlignBottom);
  addAxis(degrees_, Qt::AlignLeft);
}

void TemperaturePlot::apply_palette() {
  constexpr float kFaint = 0.15F;
  const QColor text = palette_.color(QPalette::Text);
  QColor grid = text;
  grid.setAlphaF(kFaint);
  setBackgroundBrush(palette_.color(QPalette::Base));
  setBackgroundRoundness(0);
  legend()->setLabelColor(text);
  for (QAbstractAxis* axis : axes()) {
    axis->setLabelsColor(text);
    axis->setTitleBrush(text);
    axis->setGridLineColor(grid);
    axis->setLinePenColor(grid);
  }
}

void TemperaturePlot::add_readings(const Zone& zone, const QColor& colour) {
  QList<QPointF> points;
  for (const Reading& reading : zone.readings) {
    points << point(static_cast<qreal>(reading.time_ms), reading.millidegrees);
  }
  add_line(zone.name, QPen(colour, kLineWidth), points).setPointsVisible(points.size() == 1);
}

void TemperaturePlot::add_trips(const Zone& zone, std::size_t colour, bool named) {
  const qreal first = corners_.front().x();
  const qreal last = std::max(corners_.back().x(), first + kMsPerMinute);
  for (const Trip& trip : zone.trips) {
    if (!is_drawn(trip)) continue;
    if (named) ++colour;
    const QPen pen(line_colour(colour, palette_), 1, Qt::DashLine);
    const QString name =
        tr("%1, %2").arg(trip_text(trip.type), temperature_text(trip.millidegrees, fahrenheit_));
    QLineSeries& line =
        add_line(name, pen, {point(first, trip.millidegrees), point(last, trip.millidegrees)});
    for (QLegendMarker* marker : legend()->markers(&line)) marker->setVisible(named);
  }
}

void TemperaturePlot::set_ranges() {
  constexpr qreal kRoom = 5;                // degrees above and below
  constexpr qreal kMinutesForMinutes = 10;  // over less than this, labels in minutes repeat
  const QPointF& least = corners_.front();
  const QPointF& greatest = corners_.back();
  const auto time = [](qreal ms) {
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(ms));
  };
  const qreal last = std::max(greatest.x(), least.x() + kMsPerMinute);
  const bool close = last - least.x() < kMinutesForMinutes * kMsPerMinute;
  time_->setFormat(close ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
  time_->setRange(time(least.x()), time(last));
  degrees_->setRange(least.y() - kRoom, greatest.y() + kRoom);
  degrees_->applyNiceNumbers();
}

QPointF TemperaturePlot::point(qreal time_ms, int millidegrees) {
  const QPointF point(time_ms, degrees_of(millidegrees, fahrenheit_));
  if (corners_.isEmpty()) corners_ = {point, point};
  QPointF& least = corners_.front();
  QPointF& greatest = corners_.back();
  least = {std::min(least.x(), point.x()), std::min(least.y(), point.y())};
  greatest = {std::max(greatest.x(), point.x()), std::max(greatest.y(), point.y())};
  return point;
}

QLineSeries& TemperaturePlot::add_line(const QString& name, const QPen& pen,
                                       const QList<QPointF>& points) {
  auto* line = new QLineSeries;
  line->setName(escaped_markup(name));  // a legend is rich text
  line->setPen(pen);
  line->replace(points);
  addSeries(line);
  line->attachAxis(time_);
  line->attachAxis(degrees_);
  return *line;
}

}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/tray/temperature_page.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QGraphicsTextItem>
#include <QTest>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>

namespace kevent::gui {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

ZoneState zone(const std::string& name, int millidegrees, std::vector<Trip> trips = {}) {
  return {.object = "/devices/virtual/thermal/" + name,
          .type = name,
          .millidegrees = millidegrees,
          .trips = std::move(trips)};
}

const Trip kHot{QStringLiteral("hot"), 90'000};

class TemperaturePageTest : public testing::Test {
 protected:
  void look(const std::vector<ZoneState>& zones) {
    temperatures.look(zones, kNow);
    temperatures.look(zones, kNow + 60'000);
  }

  void show() {
    page.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&page));
  }

  TemperaturePlot& plot() {
    return static_cast<TemperaturePlot&>(*page.findChild<QChartView*>()->chart());
  }
  qsizetype lines() { return plot().series().size(); }
  // Names in the legend.
  QStringList legend() {
    QStringList names;
    for (const QLegendMarker* marker : plot().legend()->markers()) {
      if (marker->isVisible()) names << marker->label();
    }
    return names;
  }
  // It is laid out a moment after the lines.
  bool has_legend(const QStringList& names) {
    return QTest::qWaitFor([&] { return legend() == names; });
  }

  Temperatures temperatures;
  TemperaturePage page{temperatures};
};

TEST_F(TemperaturePageTest, NamesAZoneAsItIsInTheLegend) {
  look({zone("<b>cpu</b>", 50'000)});
  show();
  const auto is_written = [&] {
    return std::ranges::any_of(plot().scene()->items(), [](const QGraphicsItem* item) {
      const auto* text = qgraphicsitem_cast<const QGraphicsTextItem*>(item);
      return text != nullptr && text->toPlainText() == QLatin1String("<b>cpu</b>");
    });
  };
  EXPECT_TRUE(QTest::qWaitFor(is_written));
}

TEST_F(TemperaturePageTest, DrawsALineForEachZoneAndItsTrips) {
  look({zone("cpu", 50'000, {kHot}), zone("disk", 40'000)});
  show();
  EXPECT_EQ(lines(), 3);
}

TEST_F(TemperaturePageTest, DrawsNothingWhileNobodyLooks) {
  look({zone("cpu", 50'000)});
  EXPECT_EQ(lines(), 0);
}

TEST_F(TemperaturePageTest, DrawsWhatIsNew) {
  show();
  look({zone("cpu", 50'000)});
  EXPECT_TRUE(QTest::qWaitFor([&] { return lines() == 1; }));
}

// D1
TEST_F(TemperaturePageTest, DrawsTheHottestOfManyZones) {
  std::vector<ZoneState> zones;
  for (int number = 10; number < 40; ++number) {
    zones.push_back(zone("zone" + std::to_string(number), number * 1000));
  }
  look(zones);
  show();
  EXPECT_EQ(static_cast<std::size_t>(lines()), TemperaturePlot::kMostLines);
  EXPECT_TRUE(QTest::qWaitFor([&] { return legend().contains(QStringLiteral("zone39")); }));
}

// D2
TEST_F(TemperaturePageTest, NamesTheTripsOfOneZone) {
  look({zone("cpu", 50'000, {kHot}), zone("disk", 40'000, {kHot})});
  show();
  EXPECT_TRUE(has_legend({QStringLiteral("cpu"), QStringLiteral("disk")}));
  page.findChild<QComboBox*>()->setCurrentIndex(1);
  EXPECT_TRUE(has_legend({QStringLiteral("cpu"), QStringLiteral("hot trip, 90.0 °C")}));
}

TEST_F(TemperaturePageTest, DrawsInFahrenheit) {
  look({zone("cpu", 50'000)});
  page.set_fahrenheit(true);
  show();
  const auto* line = static_cast<const QLineSeries*>(plot().series().front());
  EXPECT_DOUBLE_EQ(line->points().front().y(), 122);
}

TEST_F(TemperaturePageTest, KeepsTheChosenZoneWhenOthersCome) {
  look({zone("cpu", 50'000), zone("disk", 40'000)});
  show();
  auto* zones = page.findChild<QComboBox*>();
  zones->setCurrentIndex(2);
  look({zone("battery", 30'000), zone("cpu", 50'000), zone("disk", 40'000)});
  EXPECT_TRUE(QTest::qWaitFor([&] { return zones->count() == 4; }));
  EXPECT_EQ(zones->currentText(), QStringLiteral("disk"));
}

TEST_F(TemperaturePageTest, HasReadableColoursOnADarkBackground) {
  look({zone("cpu", 50'000)});
  QPalette dark(Qt::black);
  dark.setColor(QPalette::Base, Qt::black);
  dark.setColor(QPalette::Text, Qt::white);
  page.setPalette(dark);
  show();
  EXPECT_EQ(plot().backgroundBrush().color(), QColor(Qt::black));
  EXPECT_EQ(plot().legend()->labelColor(), QColor(Qt::white));
  EXPECT_GT(static_cast<const QLineSeries*>(plot().series().front())->color().lightness(), 128);
}

TEST_F(TemperaturePageTest, SaysInWordsWhatItDraws) {
  look({zone("cpu", 50'000)});
  show();
  EXPECT_TRUE(page.findChild<QChartView*>()->accessibleDescription().contains(
      QStringLiteral("cpu: 50.0 °C")));
}

}  // namespace
}  // namespace kevent::gui

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/events_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <random>

#include "tests/gui/sample_events.h"

namespace kevent::gui {
namespace {

using test::sample_event;
using test::sample_items;

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

QString cell(const EventsModel& model, int row, int column) {
  return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

// M1
TEST(EventsModel, HasTheNewestOnTop) {
  EventsModel model;
  model.append(sample_items(1, 3));
  model.flush();
  EXPECT_EQ(cell(model, 0, EventsModel::kSequence), QStringLiteral("3"));
  EXPECT_EQ(cell(model, 2, EventsModel::kSequence), QStringLiteral("1"));
}

// M1
TEST(EventsModel, HasARowForWhatIsNoLongerInTheLog) {
  EventsModel model;
  model.append({client::Overwritten{7}, sample_event(8, "/devices/a", "add")});
  model.flush();
  EXPECT_TRUE(cell(model, 1, EventsModel::kWhat).contains(QLatin1String("7")));
  EXPECT_EQ(model.event_at(1), nullptr);
}

// M1
TEST(EventsModel, HasARowForANewLog) {
  EventsModel model;
  model.append({client::NewLog{}});
  model.flush();
  EXPECT_FALSE(cell(model, 0, EventsModel::kWhat).isEmpty());
}

// M2
TEST(EventsModel, DropsTheOldestWhenFull) {
  EventsModel model;
  model.append(sample_items(1, EventsModel::kMostRows));
  model.append(sample_items(EventsModel::kMostRows + 1, 10));
  model.flush();
  EXPECT_EQ(model.rowCount(), EventsModel::kMostRows);
  EXPECT_EQ(model.event_at(model.rowCount() - 1)->sequence, 11U);
}

// M2
TEST(EventsModel, IsBoundedWhateverComesAtOnce) {
  EventsModel model;
  model.append(sample_items(1, EventsModel::kMostRows + 500));
  model.flush();
  EXPECT_EQ(model.rowCount(), EventsModel::kMostRows);
  EXPECT_EQ(model.event_at(0)->sequence, EventsModel::kMostRows + 500U);
}

// M3
TEST(EventsModel, InsertsManyBatchesAtOnce) {
  EventsModel model;
  QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
  for (std::uint64_t first = 1; first <= 100; ++first) model.append(sample_items(first, 1));
  model.flush();
  EXPECT_EQ(inserted.count(), 1);
  EXPECT_EQ(model.rowCount(), 100);
}

// M3
TEST(EventsModel, ShowsWhatWasAppendedWithoutBeingAsked) {
  EventsModel model;
  model.append(sample_items(1, 1));
  EXPECT_TRUE(QTest::qWaitFor([&] { return model.rowCount() == 1; }));
}

TEST(EventsModel, FindsTheRowOfASequence) {
  EventsModel model;
  model.append(sample_items(1, 10));
  model.flush();
  EXPECT_EQ(model.row_of(10), 0);
  EXPECT_EQ(model.row_of(1), 9);
  EXPECT_EQ(model.row_of(11), std::nullopt);
}

TEST(EventsModel, TellsTheViewsOfFahrenheit) {
  EventsModel model;
  event::Event hot = sample_event(1, "/devices/virtual/thermal/thermal_zone0", "overheating",
                                  event::priority::kCritical, event::Group::kPower);
  hot.details.set(event::key::kTemperature, std::int32_t{100'000});
  model.append({hot});
  model.flush();
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  model.set_fahrenheit(true);
  EXPECT_EQ(changed.count(), 1);
  EXPECT_TRUE(cell(model, 0, EventsModel::kWhat).contains(QStringLiteral("°F")));
}

TEST(EventsModel, KeepsQtsRulesUnderRandomAppends) {
  EventsModel model;
  const QAbstractItemModelTester tester(&model, kFatal);
  std::mt19937 random(1);  // NOLINT: the same each time
  std::uint64_t next = 1;
  while (next < 3 * EventsModel::kMostRows) {
    const std::uint64_t count = random() % 4000;
    model.append(sample_items(next, count));
    next += count;
    if (random() % 3 == 0) model.append({client::Overwritten{count}, client::NewLog{}});
    if (random() % 2 == 0) model.flush();
  }
  model.flush();
  EXPECT_EQ(model.rowCount(), EventsModel::kMostRows);
}

}  // namespace
}  // namespace kevent::gui

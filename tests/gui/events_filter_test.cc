// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/events_filter.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <random>

#include "tests/gui/sample_events.h"

namespace kevent::gui {
namespace {

using test::sample_event;
using test::sample_items;

class EventsFilterTest : public testing::Test {
 protected:
  void SetUp() override {
    model.append({
        sample_event(1, "/devices/virtual/block/loop0", "change", event::priority::kDebug),
        sample_event(2, "/devices/virtual/block/loop10", "add"),
        sample_event(3, "/devices/virtual/block/loop0/loop0p1", "mount", event::priority::kNotice,
                     event::Group::kFs),
    });
    model.flush();
  }

  std::vector<std::uint64_t> shown() const {
    std::vector<std::uint64_t> sequences;
    for (int row = 0; row < filter.rowCount(); ++row) {
      const auto* event = model.event_at(filter.mapToSource(filter.index(row, 0)).row());
      sequences.push_back(event == nullptr ? 0 : event->sequence);
    }
    return sequences;
  }

  using Sequences = std::vector<std::uint64_t>;
  EventsModel model;
  EventsFilter filter{model};
};

TEST_F(EventsFilterTest, ShowsAllAtFirst) {
  EXPECT_EQ(shown(), (Sequences{3, 2, 1}));
}

TEST_F(EventsFilterTest, ShowsOneGroup) {
  filter.set_filter({.group = event::Group::kFs});
  EXPECT_EQ(shown(), (Sequences{3}));
}

TEST_F(EventsFilterTest, ShowsAnObjectAndThoseBelow) {
  filter.set_filter({.object = "/devices/virtual/block/loop0"});
  EXPECT_EQ(shown(), (Sequences{3, 1}));
}

TEST_F(EventsFilterTest, ShowsAPriorityAndWorse) {
  filter.set_filter({.priority = event::priority::kInfo});
  EXPECT_EQ(shown(), (Sequences{3, 2}));
}

TEST_F(EventsFilterTest, SearchesInAnyCase) {
  filter.set_filter({}, QStringLiteral("LOOP10"));
  EXPECT_EQ(shown(), (Sequences{2}));
}

TEST_F(EventsFilterTest, SearchesTheSignal) {
  filter.set_filter({}, QStringLiteral("chang"));
  EXPECT_EQ(shown(), (Sequences{1}));
}

TEST_F(EventsFilterTest, ShowsLossWhateverIsSearched) {
  model.append({client::Overwritten{3}, event::events_lost("uevent", 1, 1)});
  model.flush();
  filter.set_filter({.group = event::Group::kPower}, QStringLiteral("nothing"));
  EXPECT_EQ(shown(), (Sequences{0, 0}));
}

TEST_F(EventsFilterTest, FiltersWhatComesLater) {
  filter.set_filter({.group = event::Group::kFs});
  model.append({sample_event(4, "/fs/tmpfs", "mount", event::priority::kNotice, event::Group::kFs),
                sample_event(5, "/devices/a", "add")});
  model.flush();
  EXPECT_EQ(shown(), (Sequences{4, 3}));
}

TEST_F(EventsFilterTest, KeepsQtsRulesWhileFilterAndEventsChange) {
  const QAbstractItemModelTester tester(&filter,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  std::mt19937 random(1);  // NOLINT: the same each time
  const event::Filter filters[] = {{},
                                   {.group = event::Group::kFs},
                                   {.object = "/devices/virtual/block/loop0"},
                                   {.priority = event::priority::kNotice}};
  for (std::uint64_t turn = 0; turn < 30; ++turn) {
    model.append(sample_items(10 + turn * 50, random() % 50));
    model.append(
        {sample_event(9, "/fs/tmpfs", "mount", event::priority::kNotice, event::Group::kFs)});
    model.flush();
    filter.set_filter(filters[random() % 4], random() % 3 == 0 ? QStringLiteral("tmp") : QString());
  }
  filter.set_filter({});
  EXPECT_EQ(filter.rowCount(), model.rowCount());
}

}  // namespace
}  // namespace kevent::gui

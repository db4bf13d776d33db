// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/status.h"

#include <gtest/gtest.h>

#include <QLocale>

#include "tests/gui/events.h"

namespace kevent::gui {
namespace {

class StatusTest : public testing::Test {
 public:
  StatusTest() { QLocale::setDefault(QLocale::c()); }

  void read(int millidegrees) {
    temperatures.look({{.object = kZone, .type = "acpitz", .millidegrees = millidegrees}}, 1'000);
  }

  Temperatures temperatures;
  Status status{temperatures};
};

TEST_F(StatusTest, IsQuietAtFirst) {
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U1
TEST_F(StatusTest, IsTheWorstThatHolds) {
  status.told();
  EXPECT_EQ(status.state(), TrayState::kNotice);
  status.event(event::events_lost("uevent", 3, 0));
  EXPECT_EQ(status.state(), TrayState::kEventsLost);
  status.event(overheating());
  EXPECT_EQ(status.state(), TrayState::kOverheating);
  status.presence(false, QStringLiteral("no bus"));
  EXPECT_EQ(status.state(), TrayState::kServiceAway);
  status.presence(true, {});
  EXPECT_EQ(status.state(), TrayState::kOverheating);
}

// U2
TEST_F(StatusTest, IsOverheatingUntilCoreAndPackageAreNormal) {
  const auto of_level = [](event::Event event, const char* level) {
    return with(std::move(event), key::kLevel, std::string(level));
  };
  status.event(of_level(overheating(), "core"));
  status.event(of_level(overheating(), "package"));
  status.event(of_level(normal(), "core"));
  EXPECT_EQ(status.state(), TrayState::kOverheating);
  status.event(of_level(normal(), "package"));
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U2
TEST_F(StatusTest, IsOverheatingUntilNormal) {
  status.event(overheating());
  status.seen();
  EXPECT_EQ(status.state(), TrayState::kOverheating);
  status.event(normal());
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U2
TEST_F(StatusTest, IsNotOverheatingWhenTheZoneIsGone) {
  status.event(overheating());
  status.event(removed(kZone));
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U2
TEST_F(StatusTest, KnowsFromTheHistoryWhatOverheats) {
  status.history(overheating());
  status.history(overheating(kOtherZone));
  status.history(normal(kOtherZone));
  EXPECT_EQ(status.state(), TrayState::kOverheating);
  status.new_log();
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U3
TEST_F(StatusTest, IsQuietOnceSeen) {
  status.told();
  status.overwritten();
  EXPECT_EQ(status.state(), TrayState::kEventsLost);
  status.seen();
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U3
TEST_F(StatusTest, TakesWhatWasLostInTheHistoryAsSeen) {
  status.history(event::events_lost("uevent", 3, 0));
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U4
TEST_F(StatusTest, NamesTheHottestZone) {
  read(63'200);
  EXPECT_EQ(status.tooltip().toStdString(), "The kernel is quiet\nHottest: acpitz, 63.2 °C");
  status.set_fahrenheit(true);
  EXPECT_EQ(status.tooltip().toStdString(), "The kernel is quiet\nHottest: acpitz, 145.8 °F");
}

// U4
TEST_F(StatusTest, NamesWhatOverheats) {
  read(95'000);
  status.event(overheating());
  EXPECT_EQ(status.tooltip().toStdString(), "acpitz is overheating\nHottest: acpitz, 95.0 °C");
}

// U4
TEST_F(StatusTest, SaysWhyTheServiceIsAwayAndNoTemperature) {
  read(63'200);
  status.presence(false, QStringLiteral("no bus at %1"));
  EXPECT_EQ(status.tooltip().toStdString(),
            "The service of the kernel's events is away: no bus at %1");
}

// U5
TEST_F(StatusTest, BelievesNoProgram) {
  status.event(from_program(overheating()));
  status.event(from_program(event::events_lost("uevent", 3, 0)));
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

// U6
TEST_F(StatusTest, IsBounded) {
  for (int i = 0; i < 257; ++i) status.event(overheating("/zone" + std::to_string(i)));
  for (int i = 0; i < 256; ++i) status.event(normal("/zone" + std::to_string(i)));
  EXPECT_EQ(status.state(), TrayState::kQuiet);
}

}  // namespace
}  // namespace kevent::gui

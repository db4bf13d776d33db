// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <optional>

#include "tests/client/stand_in_service.h"
#include "tests/gui/qt_loop.h"
#include "tests/support/private_bus.h"

namespace kevent::test {
namespace {

using gui::Questions;
using ::testing::ElementsAre;
using ::testing::Key;

constexpr char kZone[] = "/devices/virtual/thermal/thermal_zone0";

class QuestionsTest : public ::testing::Test {
 protected:
  QuestionsTest() {
    need_qt();
    QObject::connect(&*questions_, &Questions::objects_answered,
                     [this](const nlohmann::json& objects) { objects_ = objects; });
    QObject::connect(&*questions_, &Questions::zones_answered,
                     [this](const gui::Zones& zones) { zones_ = zones; });
    QObject::connect(&*questions_, &Questions::failed, [this] { ++failures_; });
    QObject::connect(&*questions_, &Questions::object_answered,
                     [this](const std::string& object, const nlohmann::json& interfaces,
                            const std::map<std::string, std::string>& udev) {
                       asked_objects_.push_back(object);
                       interfaces_ = interfaces;
                       udev_ = udev;
                     });
    stand_in_->udev_properties = {{"ID_FS_LABEL", "STICK"}};
    stand_in_->add_object(kZone,
                          {{"org.kernel.Events1.Device", {{"Subsystem", std::string("thermal")}}},
                           {"org.kernel.Events1.ThermalZone",
                            {{"Type", std::string("acpitz")}, {"Temperature", 45000}}}});
    stand_in_->add_object("/devices/b",
                          {{"org.kernel.Events1.Device", {{"Subsystem", std::string("b")}}}});
  }

  support::PrivateBus bus_;
  std::optional<StandInService> stand_in_{bus_.address()};
  std::optional<nlohmann::json> objects_;
  std::optional<gui::Zones> zones_;
  nlohmann::json interfaces_;
  std::map<std::string, std::string> udev_;
  std::vector<std::string> asked_objects_;
  int failures_ = 0;
  std::optional<Questions> questions_{bus_.address()};
};

TEST_F(QuestionsTest, ReadsTheWholeTree) {
  questions_->ask_objects();
  ASSERT_TRUE(spin_until([&] { return objects_.has_value(); }));
  EXPECT_TRUE(objects_->contains("/org/kernel/devices/b"));
}

TEST_F(QuestionsTest, SaysThatItAsksBeforeTheServiceIsAsked) {
  stand_in_.reset();
  bool asked = false;
  bool failed_unasked = false;
  QObject::connect(&*questions_, &Questions::objects_asked, [&] { asked = true; });
  QObject::connect(&*questions_, &Questions::failed, [&] { failed_unasked = !asked; });
  questions_->ask_objects();
  ASSERT_TRUE(spin_until([&] { return failures_ > 0; }));
  EXPECT_TRUE(asked);
  EXPECT_FALSE(failed_unasked);
}

TEST_F(QuestionsTest, ReadsAllAboutOneObject) {
  questions_->ask_object(kZone);
  ASSERT_TRUE(spin_until([&] { return !asked_objects_.empty(); }));
  EXPECT_EQ(interfaces_["org.kernel.Events1.ThermalZone"]["Temperature"], 45000);
  EXPECT_EQ(interfaces_["org.kernel.Events1.Device"]["Subsystem"], "thermal");
  EXPECT_EQ(udev_.at("ID_FS_LABEL"), "STICK");
}

TEST_F(QuestionsTest, KnowsNothingOfAnObjectThatIsNotExported) {
  questions_->ask_object("/devices/none");
  ASSERT_TRUE(spin_until([&] { return !asked_objects_.empty(); }));
  EXPECT_TRUE(interfaces_.empty());
  EXPECT_TRUE(udev_.empty());
}

TEST_F(QuestionsTest, FindsTheThermalZones) {
  questions_->ask_zones();
  ASSERT_TRUE(spin_until([&] { return zones_.has_value(); }));
  EXPECT_THAT(*zones_, ElementsAre(Key(kZone)));
}

TEST_F(QuestionsTest, LeavesOutZonesThatAreGone) {
  questions_->ask_zones_again({kZone, "/devices/virtual/thermal/gone"});
  ASSERT_TRUE(spin_until([&] { return zones_.has_value(); }));
  EXPECT_THAT(*zones_, ElementsAre(Key(kZone)));
}

TEST_F(QuestionsTest, DoNotMakeTheCallerWait) {  // Q1
  ASSERT_EQ(::kill(bus_.pid(), SIGSTOP), 0);
  questions_->ask_objects();
  questions_->ask_zones();
  EXPECT_FALSE(objects_.has_value());
  ASSERT_EQ(::kill(bus_.pid(), SIGCONT), 0);
  EXPECT_TRUE(spin_until([&] { return objects_ && zones_; }));
}

TEST_F(QuestionsTest, AnswerTheLastOfManyOfAKind) {  // Q2
  ASSERT_EQ(::kill(bus_.pid(), SIGSTOP), 0);
  for (int i = 0; i < 100; ++i) questions_->ask_object("/devices/" + std::to_string(i));
  questions_->ask_object("/devices/b");
  ASSERT_EQ(::kill(bus_.pid(), SIGCONT), 0);
  ASSERT_TRUE(
      spin_until([&] { return !asked_objects_.empty() && asked_objects_.back() == "/devices/b"; }));
  EXPECT_LE(asked_objects_.size(), 2U);
}

TEST_F(QuestionsTest, FailWithoutAService) {  // Q3
  stand_in_->stop();
  questions_->ask_objects();
  EXPECT_TRUE(spin_until([&] { return failures_ == 1; }));
}

TEST_F(QuestionsTest, ConnectToABusThatCameBack) {  // Q4
  questions_->ask_objects();
  ASSERT_TRUE(spin_until([&] { return objects_.has_value(); }));
  objects_.reset();
  bus_.stop();
  stand_in_->stop();
  bus_.start();
  stand_in_->start();
  questions_->ask_objects();
  EXPECT_TRUE(spin_until([&] { return objects_.has_value(); }));
  EXPECT_EQ(failures_, 0);
}

TEST_F(QuestionsTest, EndAtOnceWhileOneHangs) {  // B2
  ASSERT_EQ(::kill(bus_.pid(), SIGSTOP), 0);
  questions_->ask_objects();
  const support::Deadline deadline = support::within(std::chrono::seconds(10));
  questions_.reset();
  EXPECT_LT(std::chrono::steady_clock::now(), deadline);
  ASSERT_EQ(::kill(bus_.pid(), SIGCONT), 0);
}

}  // namespace
}  // namespace kevent::test

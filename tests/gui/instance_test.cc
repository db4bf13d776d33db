// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/bus/instance.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/gui/qt_loop.h"
#include "tests/support/bus_connection.h"
#include "tests/support/private_bus.h"
#include "tests/support/process.h"

namespace kevent::test {
namespace {

using gui::Instance;

class InstanceTest : public ::testing::Test {
 protected:
  InstanceTest() { need_qt(); }
  ~InstanceTest() override { QDBusConnection::disconnectFromBus(name_); }

  support::PrivateBus bus_;
  QString name_ = new_connection_name();
  QDBusConnection session_ =
      QDBusConnection::connectToBus(QString::fromStdString(bus_.address()), name_);
};

TEST_F(InstanceTest, IsTheFirstWhereNobodyIs) {
  Instance instance(session_);
  EXPECT_EQ(instance.claim(), Instance::Role::kFirst);
}

TEST_F(InstanceTest, IsALaterOneWhereTheNameIsTaken) {
  support::BusConnection first(bus_.address());
  ASSERT_GE(sd_bus_request_name(first.raw(), "org.kernel.KeventTray", 0), 0);
  Instance later(session_);
  EXPECT_EQ(later.claim(), Instance::Role::kLater);
}

TEST_F(InstanceTest, RunsWithoutASessionBus) {
  Instance instance{QDBusConnection(QStringLiteral("none"))};
  EXPECT_EQ(instance.claim(), Instance::Role::kNoSession);
}

TEST_F(InstanceTest, IsActivatedByOthers) {
  Instance instance(session_);
  ASSERT_EQ(instance.claim(), Instance::Role::kFirst);
  bool activated = false;
  QObject::connect(&instance, &Instance::activated, [&] { activated = true; });
  const support::Process caller({"busctl", "--address=" + bus_.address(), "call",
                                 "org.kernel.KeventTray", "/org/kernel/KeventTray",
                                 "org.freedesktop.Application", "Activate", "a{sv}", "0"});
  EXPECT_TRUE(spin_until([&] { return activated; })) << caller.error_output();
}

TEST_F(InstanceTest, SaysWhenTheFirstDoesNotKnowHowToShowItself) {
  support::BusConnection first(bus_.address());
  ASSERT_GE(sd_bus_request_name(first.raw(), "org.kernel.KeventTray", 0), 0);
  Instance later(session_);
  ASSERT_EQ(later.claim(), Instance::Role::kLater);
  EXPECT_FALSE(later.activate_first());
}

}  // namespace
}  // namespace kevent::test

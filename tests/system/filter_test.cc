// SPDX-License-Identifier: LGPL-2.1-or-later
// The filter of GetEvents: what it lets through, and that it takes nothing that it does not know.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/mounted.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::Json;
using support::Reply;

constexpr const char* kInvalidFilter = "org.kernel.Events1.Error.InvalidFilter";
constexpr std::uint64_t kFromStart = 0;

template <typename T>
Reply filtered(Service& service, const char* key, const char* type, T value) {
  return service.caller.call({support::kManagerPath, support::kManagerInterface, "GetEvents"},
                             "ta{sv}u", kFromStart, 1, key, type, value, 0);
}

TEST(Filter, RefusesAnUnknownKey) {
  Service service;
  EXPECT_EQ(filtered(service, "colour", "s", "red").error, kInvalidFilter);
}

TEST(Filter, RefusesAnEmptyKey) {
  Service service;
  EXPECT_EQ(filtered(service, "", "s", "").error, kInvalidFilter);
}

TEST(Filter, RefusesAKeyInAnotherSpelling) {
  Service service;
  EXPECT_EQ(filtered(service, "Group", "s", "Fs").error, kInvalidFilter);
}

TEST(Filter, RefusesAnUnknownGroup) {
  Service service;
  EXPECT_EQ(filtered(service, "group", "s", "fs").error, kInvalidFilter);
}

TEST(Filter, RefusesAnotherType) {
  Service service;
  EXPECT_EQ(filtered(service, "group", "u", 1).error, kInvalidFilter) << "group";
  EXPECT_EQ(filtered(service, "signal", "o", "/a").error, kInvalidFilter) << "signal";
  EXPECT_EQ(filtered(service, "object", "s", "/org/kernel").error, kInvalidFilter) << "object";
  EXPECT_EQ(filtered(service, "priority", "u", 3).error, kInvalidFilter) << "priority";
}

TEST(Filter, RefusesAPriorityAboveSeven) {
  Service service;
  EXPECT_EQ(filtered(service, "priority", "y", 8).error, kInvalidFilter);
}

TEST(Filter, RefusesAnObjectThatIsNoKernelObject) {
  Service service;
  EXPECT_EQ(filtered(service, "object", "o", "/org/example").error, kInvalidFilter);
}

TEST(Filter, OutlivesAKeyThatComesTwice) {
  Service service;
  const Reply reply =
      service.caller.call({support::kManagerPath, support::kManagerInterface, "GetEvents"},
                          "ta{sv}u", kFromStart, 2, "group", "s", "Fs", "group", "s", "Fs", 0);
  EXPECT_TRUE(reply.ok() || reply.error == kInvalidFilter) << reply.error;
  EXPECT_TRUE(filtered(service, "group", "s", "Fs").ok());
}

TEST(Filter, TakesAllItsKeysTogether) {
  Service service;
  const Reply reply =
      service.caller.call({support::kManagerPath, support::kManagerInterface, "GetEvents"},
                          "ta{sv}u", kFromStart, 4, "group", "s", "Fs", "signal", "s", "mount",
                          "object", "o", "/org/kernel", "priority", "y", 7, 0);
  EXPECT_TRUE(reply.ok()) << reply.error;
}

// A service that has told uevents and mounts.
class FilterOfEvents : public SystemTest {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (!IsSkipped()) {
      service_ = std::make_unique<Service>();
      support::trigger_uevents(support::kQuietDevice, 3);
      service_->settle();
    }
  }

  // `holds` is true for all events but losses, and there is at least one.
  void expect_only(const Reply& reply, const std::function<bool(const Json&)>& holds) {
    ASSERT_TRUE(reply.ok()) << reply.error;
    int count = 0;
    for (const Json& event : reply.arguments[0]) {
      if (event[4] != "events_lost") {
        EXPECT_TRUE(holds(event)) << event;
        ++count;
      }
    }
    EXPECT_GT(count, 0);
  }

  std::unique_ptr<Service> service_;
};

TEST_F(FilterOfEvents, LetsAGroupThrough) {
  expect_only(filtered(*service_, "group", "s", "Fs"),
              [](const Json& event) { return event[2] == "Fs"; });
}

TEST_F(FilterOfEvents, LetsASignalThrough) {
  expect_only(filtered(*service_, "signal", "s", "umount"),
              [](const Json& event) { return event[4] == "umount"; });
}

TEST_F(FilterOfEvents, LetsAnObjectAndAllBelowThrough) {
  expect_only(filtered(*service_, "object", "o", "/org/kernel/devices/virtual/mem"),
              [](const Json& event) {
                return event[3].get<std::string>().starts_with("/org/kernel/devices/virtual/mem/");
              });
}

TEST_F(FilterOfEvents, LetsAPriorityAndWorseThrough) {
  expect_only(filtered(*service_, "priority", "y", 5),
              [](const Json& event) { return event[5] <= 5; });
}

TEST_F(FilterOfEvents, MovesOnOverWhatItHidesAway) {
  const Reply reply = filtered(*service_, "signal", "s", "no_such_signal");
  ASSERT_TRUE(reply.ok()) << reply.error;
  EXPECT_EQ(reply.arguments[2], support::manager_property(service_->caller, "LastSequence"));
}

}  // namespace
}  // namespace kevent::system

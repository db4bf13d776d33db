// SPDX-License-Identifier: LGPL-2.1-or-later
// The calls of the client library against a stand-in for the service, on a private bus.
#include "lib/client/bus_client.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "lib/client/names.h"
#include "tests/client/stand_in_service.h"
#include "tests/support/private_bus.h"

namespace kevent::client {
namespace {

using nlohmann::json;
using test::loop_event;
using test::StandInService;

constexpr char kLoop[] = "/devices/virtual/block/loop0";

StandInService::Interfaces loop_interfaces() {
  return {{kDeviceInterface, {{"Subsystem", std::string("block")}}},
          {kBlockInterface,
           {{"Size", std::uint64_t{4096}},
            {"ReadOnly", true},
            {"MountPoints", std::vector<std::string>{"/mnt"}}}}};
}

Failure::Kind failure_in(const std::function<void()>& call) {
  try {
    call();
  } catch (const Failure& failure) {
    return failure.kind();
  }
  throw std::logic_error("the call did not fail");
}

class BusClientAgainstAStandInService : public ::testing::Test {
 protected:
  support::PrivateBus bus_;
  StandInService service_{bus_.address()};
  BusClient client_{bus_.address()};
};

TEST_F(BusClientAgainstAStandInService, AsksForEventsWithAFilter) {
  service_.happen(loop_event("add"));
  service_.happen(loop_event("mount", event::Group::kFs));
  const Answer answer = client_.events(
      0, {.group = event::Group::kFs, .signal = "mount", .object = kLoop, .priority = 6});
  ASSERT_EQ(answer.events.size(), 1U);
  EXPECT_EQ(answer.events.front().sequence, 2U);
}

TEST_F(BusClientAgainstAStandInService, TellsWhereAnAnswerEnds) {
  for (int i = 0; i < 3; ++i) service_.happen(loop_event("add"));
  service_.forget(1);
  const Answer answer = client_.events(0, {});
  EXPECT_EQ(answer.oldest, 2U);
  EXPECT_EQ(answer.next, 3U);
  EXPECT_EQ(answer.log, std::string(32, 'a'));
}

TEST_F(BusClientAgainstAStandInService, FindsAnObjectByItsNode) {
  service_.add_object(kLoop, loop_interfaces(), "/dev/loop0");
  EXPECT_EQ(client_.find_object("/dev/loop0"), kLoop);
}

TEST_F(BusClientAgainstAStandInService, FindsNothingByAnUnknownName) {
  EXPECT_EQ(client_.find_object("/dev/loop9"), std::nullopt);
}

TEST_F(BusClientAgainstAStandInService, ReadsAllObjects) {
  service_.add_object(kLoop, loop_interfaces());
  const json objects = client_.managed_objects();
  const json& block = objects["/org/kernel/devices/virtual/block/loop0"][kBlockInterface];
  EXPECT_EQ(block, json({{"Size", 4096}, {"ReadOnly", true}, {"MountPoints", {"/mnt"}}}));
}

TEST_F(BusClientAgainstAStandInService, ReadsThePropertiesOfAnInterface) {
  service_.add_object(kLoop, loop_interfaces());
  EXPECT_EQ(client_.properties(kLoop, kDeviceInterface), json({{"Subsystem", "block"}}));
}

TEST_F(BusClientAgainstAStandInService, ReadsNestedProperties) {
  const auto manager = client_.properties("/", kManagerInterface);
  ASSERT_TRUE(manager.has_value());
  EXPECT_EQ((*manager)["Sources"]["mount"]["Signals"], json({"mount", "umount"}));
}

TEST_F(BusClientAgainstAStandInService, HasNoPropertiesOfAnInterfaceThatIsNotThere) {
  service_.add_object(kLoop, loop_interfaces());
  EXPECT_EQ(client_.properties(kLoop, kThermalZoneInterface), std::nullopt);
}

TEST_F(BusClientAgainstAStandInService, HasNoPropertiesOfAnObjectThatIsNotExported) {
  EXPECT_EQ(client_.properties(kLoop, kDeviceInterface), std::nullopt);
}

TEST_F(BusClientAgainstAStandInService, ReadsWhatUdevKnows) {
  service_.udev_properties = {{"ID_FS_LABEL", "backup"}};
  service_.add_object(kLoop, loop_interfaces());
  EXPECT_EQ(client_.udev_properties(kLoop), service_.udev_properties);
}

TEST_F(BusClientAgainstAStandInService, FailsWithNoServiceWhenItIsNotThere) {
  service_.stop();
  EXPECT_EQ(failure_in([&] { client_.events(0, {}); }), Failure::Kind::kNoService);
}

TEST_F(BusClientAgainstAStandInService, FailsWithRefusedOnAnyOtherError) {
  service_.refuse("org.kernel.Events1.Error.InvalidFilter");
  EXPECT_EQ(failure_in([&] { client_.events(0, {}); }), Failure::Kind::kRefused);
}

TEST_F(BusClientAgainstAStandInService, FailsWithNoBusWhenItIsGone) {
  bus_.stop();
  EXPECT_EQ(failure_in([&] { client_.events(0, {}); }), Failure::Kind::kNoBus);
}

}  // namespace
}  // namespace kevent::client

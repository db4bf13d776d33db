// SPDX-License-Identifier: LGPL-2.1-or-later
// ThermalZones with notices made by hand and zones in a folder that looks like sysfs: the machines
// that run these tests have no thermal zone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/source/thermal_source.h"
#include "tests/source/recording_sink.h"
#include "tests/sysfs/fake_sysfs.h"

namespace kevent::source {
namespace {

using decode::ThermalNotice;
using Kind = ThermalNotice::Kind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kZone = "/devices/virtual/thermal/thermal_zone3";
constexpr std::uint32_t kPassive = 0;
constexpr std::uint32_t kHot = 1;
constexpr std::uint32_t kActive = 2;

// A zone with a passive trip at 80 degrees, a hot one at 95, and an active one at 60.
class FakeThermalZones : public ::testing::Test {
 protected:
  FakeThermalZones()
      : fake_({{kZone + "/temp", "40000"},
               {kZone + "/trip_point_0_type", "passive"},
               {kZone + "/trip_point_0_temp", "80000"},
               {kZone + "/trip_point_1_type", "hot"},
               {kZone + "/trip_point_1_temp", "95000"},
               {kZone + "/trip_point_2_type", "active"},
               {kZone + "/trip_point_2_temp", "60000"},
               {kZone + "/cdev0_trip_point", "0"},
               {"/devices/virtual/thermal/cooling_device7/cur_state", "1"}},
              {{"/class/thermal/thermal_zone3", kZone},
               {"/class/thermal/cooling_device7", "/devices/virtual/thermal/cooling_device7"}}),
        zones_(sink_, sink_.state, fake_.get()) {}

  void up(std::uint32_t trip, std::int32_t temperature) {
    zones_.apply({Kind::kTripUp, 3, trip, temperature});
  }
  void down(std::uint32_t trip, std::int32_t temperature) {
    zones_.apply({Kind::kTripDown, 3, trip, temperature});
  }
  std::vector<std::string> told() const {
    std::vector<std::string> signals;
    for (const event::Event& event : sink_.events) {
      EXPECT_EQ(event.object, kZone);
      signals.push_back(event.signal + " " + std::to_string(event.priority));
    }
    return signals;
  }
  bool synthesized(std::size_t index) const {
    return sink_.events.at(index).details.find(event::key::kSynthesized) != nullptr;
  }

  sysfs::FakeSysfs fake_;
  RecordingSink sink_;
  ThermalZones zones_;
};

TEST_F(FakeThermalZones, TellAPassiveTripAndThenNormal) {
  up(kPassive, 81000);
  down(kPassive, 79000);
  EXPECT_THAT(told(), ElementsAre("overheating 4", "normal 7"));
  EXPECT_FALSE(synthesized(0));
}

// The log could not take it.
TEST_F(FakeThermalZones, TellAgainWhatWasToldInVain) {
  up(kHot, 96000);
  sink_.state = event::KernelState();
  fake_.set(kZone + "/temp", "96000");
  zones_.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 2", "overheating 4", "overheating 2"));
}

// H1
TEST_F(FakeThermalZones, AreNormalOnlyBelowTheLastTrip) {
  up(kPassive, 81000);
  up(kHot, 96000);
  down(kHot, 90000);
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2"));
  down(kPassive, 79000);
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2", "normal 7"));
}

// H1: the temperature may be below every trip while hysteresis still holds one.
TEST_F(FakeThermalZones, StayHotAsLongAsTheKernelHoldsATrip) {
  up(kPassive, 81000);
  up(kHot, 96000);
  down(kHot, 79000);
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2"));
}

TEST_F(FakeThermalZones, SayNothingOfActiveTrips) {
  up(kActive, 61000);
  down(kActive, 59000);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(FakeThermalZones, TellATripOnceUntilItIsLeft) {
  up(kPassive, 81000);
  up(kPassive, 82000);
  EXPECT_THAT(told(), ElementsAre("overheating 4"));
}

// H2
TEST_F(FakeThermalZones, AreToldAtStartWhenTooHot) {
  fake_.set(kZone + "/temp", "96000");
  zones_.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2"));
  EXPECT_TRUE(synthesized(0));
}

// H2
TEST_F(FakeThermalZones, AreNotToldAgainByTheNextService) {
  fake_.set(kZone + "/temp", "81000");
  zones_.read_all();
  ThermalZones next(sink_, sink_.state, fake_.get());
  next.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 4"));
}

// H2
TEST_F(FakeThermalZones, ThatCooledWhileNobodyListenedAreNormal) {
  up(kPassive, 81000);
  ThermalZones next(sink_, sink_.state, fake_.get());
  next.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 4", "normal 7"));
  EXPECT_TRUE(synthesized(1));
}

// H2: a reading after loss goes on from what was crossed before.
TEST_F(FakeThermalZones, TellATripThatWasMissedAmongOthers) {
  up(kPassive, 81000);
  fake_.set(kZone + "/temp", "97000");
  zones_.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2"));
  down(kHot, 90000);
  down(kPassive, 79000);
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2", "normal 7"));
}

TEST_F(FakeThermalZones, ThatAreTakenAwayHotAreNormal) {
  sink_.state.apply(decode::overheating_event("/devices/virtual/thermal/thermal_zone9",
                                              {0, "hot", 1, 0, false}, 2, false, 1));
  zones_.read_all();
  ASSERT_EQ(sink_.events.size(), 1u);
  EXPECT_EQ(sink_.events[0].signal, event::signal::kNormal);
  EXPECT_EQ(sink_.events[0].object, "/devices/virtual/thermal/thermal_zone9");
}

TEST_F(FakeThermalZones, ThatAreDeletedHotAreNormal) {
  up(kHot, 96000);
  zones_.apply({Kind::kZoneDeleted, 3, 0, 0});
  EXPECT_THAT(told(), ElementsAre("overheating 2", "normal 7"));
  EXPECT_EQ(sink_.events[1].details.find(event::key::kTemperature), nullptr);
}

// H3
TEST_F(FakeThermalZones, HaveACoolingDeviceRefreshed) {
  zones_.apply({Kind::kCoolingState, 7, 0, 0});
  zones_.apply({Kind::kCoolingState, 8, 0, 0});
  EXPECT_THAT(sink_.refreshed, ElementsAre("/devices/virtual/thermal/cooling_device7"));
  EXPECT_THAT(told(), IsEmpty());
}

// H4: the kernel's events layer is heard; what it says is made by hand, too.
class FakeThermalZonesBesideTheKernel : public FakeThermalZones {
 protected:
  static event::Event kernel_event(std::string_view signal, const std::string& object = kZone) {
    event::Event event;
    event.group = event::Group::kPower;
    event.object = object;
    event.signal = signal;
    return event;
  }
  void heat(const std::string& temperature) { fake_.set(kZone + "/temp", temperature); }

  ThermalZones beside_{sink_, sink_.state, fake_.get(), KernelSpeaks::kYes};
};

// H4
TEST_F(FakeThermalZonesBesideTheKernel, TellNoCrossing) {
  heat("96000");
  beside_.apply({Kind::kTripUp, 3, kHot, 96000});
  beside_.apply({Kind::kTripDown, 3, kHot, 90000});
  beside_.apply({Kind::kZoneCreated, 3, 0, 0});
  EXPECT_THAT(told(), IsEmpty());
}

// H4
TEST_F(FakeThermalZonesBesideTheKernel, HaveACoolingDeviceRefreshed) {
  beside_.apply({Kind::kCoolingState, 7, 0, 0});
  EXPECT_THAT(sink_.refreshed, ElementsAre("/devices/virtual/thermal/cooling_device7"));
}

// H4: it will tell of it when it looks at the zone.
TEST_F(FakeThermalZonesBesideTheKernel, TellNothingThatTheKernelHasNotToldYet) {
  heat("96000");
  EXPECT_TRUE(beside_.read_all());
  EXPECT_THAT(told(), IsEmpty());
}

// H5
TEST_F(FakeThermalZonesBesideTheKernel, WaitUntilTheKernelHasToldAll) {
  sink_.state.set_kernel_missed(true);
  heat("96000");
  sink_.kernel_says = {kernel_event("overheating")};
  sink_.kernel_has_room = false;
  EXPECT_FALSE(beside_.read_all());
  EXPECT_THAT(told(), IsEmpty());
  sink_.kernel_has_room = true;
  EXPECT_TRUE(beside_.read_all());
  EXPECT_THAT(told(), ElementsAre("overheating 7"));
}

// H5: at the start the kernel source has told what it could.
TEST_F(FakeThermalZonesBesideTheKernel, TellAHotZoneOfWhichTheKernelsLogHasNothingAnyMore) {
  sink_.state.set_kernel_missed(true);
  heat("96000");
  beside_.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 4", "overheating 2"));
  EXPECT_TRUE(synthesized(0));
  EXPECT_FALSE(sink_.state.kernel_missed());
}

// H5
TEST_F(FakeThermalZonesBesideTheKernel, TellNothingThatTheKernelHasTold) {
  sink_.state.set_kernel_missed(true);
  heat("96000");
  sink_.kernel_says = {kernel_event("overheating")};
  beside_.read_all();
  EXPECT_THAT(told(), ElementsAre("overheating 7"));
}

// H5: the kernel counts a passive trip that cools nothing.
TEST_F(FakeThermalZonesBesideTheKernel, BelieveTheKernelInAPassiveTripWithoutACoolingDevice) {
  sink_.state.set_kernel_missed(true);
  fake_.set(kZone + "/cdev0_trip_point", "-1");
  heat("81000");
  sink_.state.apply(kernel_event("overheating"));
  beside_.read_all();
  EXPECT_THAT(told(), IsEmpty());
}

// H5: the kernel says `normal` only below the hysteresis.
TEST_F(FakeThermalZonesBesideTheKernel, LeaveTheHysteresisToTheKernel) {
  fake_.set(kZone + "/trip_point_0_hyst", "2000");
  sink_.state.apply(kernel_event("overheating"));
  heat("78000");
  sink_.state.set_kernel_missed(true);
  beside_.read_all();
  EXPECT_THAT(told(), IsEmpty());
  heat("77999");
  sink_.state.set_kernel_missed(true);
  beside_.read_all();
  EXPECT_THAT(told(), ElementsAre("normal 7"));
  EXPECT_TRUE(synthesized(0));
}

// H4
TEST_F(FakeThermalZonesBesideTheKernel, ThatAreDeletedHotAreNormal) {
  sink_.kernel_says = {kernel_event("overheating")};
  beside_.apply({Kind::kZoneDeleted, 3, 0, 0});
  EXPECT_THAT(told(), ElementsAre("overheating 7", "normal 7"));
}

// A processor is no zone that is gone.
TEST_F(FakeThermalZonesBesideTheKernel, LeaveProcessorsAlone) {
  sink_.state.apply(kernel_event("overheating", "/devices/system/cpu/cpu3"));
  beside_.read_all();
  zones_.read_all();
  EXPECT_THAT(told(), IsEmpty());
}

}  // namespace
}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
// A thermal zone with a passive and a hot trip, driven up and down in every order. A stock kernel's
// thermal netlink tells hot trips in the same words; its passive trips count only with a cooling
// device bound (decode/thermal.h, T1), and the testing facility has none: so there the hot trip
// alone decides, and each scene says what that makes of it.
#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <string>

#include "tests/kernel/scene.h"
#include "tests/kernel/thermal_zone.h"

namespace kevent::kernel {
namespace {

const Keys kKeys = {"Trip", "TripType", "Temperature"};

class Thermal : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    scene_.emplace();
  }

  // What the zone says while it takes these temperatures, one after the other.
  Lines driven(const ThermalZone& zone, std::initializer_list<int> temperatures) {
    // The zone is known by now.
    scene_->settle();
    scene_->tape.clear();
    for (const int temperature : temperatures) {
      zone.heat(temperature);
    }
    scene_->settle();
    return scene_->told({.path = zone.object(), .interface = "Power"}, kKeys);
  }

  std::optional<Scene> scene_;
};

// Passive at 60 degrees, hot at 80, each with a hysteresis of 2.
class TwoTrips : public Thermal {
 protected:
  void SetUp() override {
    Thermal::SetUp();
    zone_.emplace(std::vector<TestTrip>{{60000, 2000, "passive"}, {80000, 2000, "hot"}});
  }

  Lines driven(std::initializer_list<int> temperatures) {
    return Thermal::driven(*zone_, temperatures);
  }

  std::optional<ThermalZone> zone_;
};

std::string passive(int temperature) {
  return "overheating/4 Trip=0 TripType=passive Temperature=" + std::to_string(temperature);
}
std::string hot(int temperature) {
  return "overheating/2 Trip=1 TripType=hot Temperature=" + std::to_string(temperature);
}
std::string normal(int temperature) {
  return "normal/7 Trip=- TripType=- Temperature=" + std::to_string(temperature);
}

Lines patched_or_plain(Lines patched, Lines plain) {
  return is_patched() ? patched : plain;
}

TEST_F(TwoTrips, UpOverOne) {
  EXPECT_EQ(driven({59000, 61000}), only_patched({passive(61000)}));
}

TEST_F(TwoTrips, UpOverOneAfterTheOther) {
  EXPECT_EQ(driven({61000, 81000}), patched_or_plain({passive(61000), hot(81000)}, {hot(81000)}));
}

TEST_F(TwoTrips, UpOverBothAtOnce) {
  EXPECT_EQ(driven({85000}), patched_or_plain({passive(85000), hot(85000)}, {hot(85000)}));
}

TEST_F(TwoTrips, DownOneByOne) {
  EXPECT_EQ(
      driven({85000, 77000, 57000}),
      patched_or_plain({passive(85000), hot(85000), normal(57000)}, {hot(85000), normal(77000)}));
}

TEST_F(TwoTrips, DownAtOnce) {
  EXPECT_EQ(driven({85000, 20000}), patched_or_plain({passive(85000), hot(85000), normal(20000)},
                                                     {hot(85000), normal(20000)}));
}

TEST_F(TwoTrips, UpAndDownOverTheLowerOne) {
  EXPECT_EQ(driven({61000, 57000, 61000, 57000}),
            only_patched({passive(61000), normal(57000), passive(61000), normal(57000)}));
}

TEST_F(TwoTrips, UpAndDownOverTheUpperOne) {
  EXPECT_EQ(driven({81000, 70000, 81000, 70000, 20000}),
            patched_or_plain({passive(81000), hot(81000), hot(81000), normal(20000)},
                             {hot(81000), normal(70000), hot(81000), normal(70000)}));
}

TEST_F(TwoTrips, FlappingWithinTheHysteresisOfTheLowerOne) {
  EXPECT_EQ(driven({61000, 58500, 61000, 58500, 57000}),
            only_patched({passive(61000), normal(57000)}));
}

TEST_F(TwoTrips, FlappingWithinTheHysteresisOfTheUpperOne) {
  EXPECT_EQ(
      driven({81000, 78500, 81000, 78500, 57000}),
      patched_or_plain({passive(81000), hot(81000), normal(57000)}, {hot(81000), normal(57000)}));
}

TEST_F(TwoTrips, WarmButBelowBoth) {
  EXPECT_EQ(driven({59999, 20000, 59999}), Lines());
}

TEST_F(Thermal, HotTripsAreTheSameOnBothKernels) {
  const ThermalZone zone({{70000, 1000, "hot"}, {90000, 1000, "hot"}});
  EXPECT_EQ(driven(zone, {71000, 95000, 80000, 95000, 20000, 91000}),
            Lines({"overheating/2 Trip=0 TripType=hot Temperature=71000",
                   "overheating/2 Trip=1 TripType=hot Temperature=95000",
                   "overheating/2 Trip=1 TripType=hot Temperature=95000",
                   "normal/7 Trip=- TripType=- Temperature=20000",
                   "overheating/2 Trip=0 TripType=hot Temperature=91000",
                   "overheating/2 Trip=1 TripType=hot Temperature=91000"}));
}

// The kernel does not tell of it, and the service does: a zone that is gone is not too hot.
TEST_F(Thermal, AHotZoneThatGoesSaysNormal) {
  const ThermalZone zone({{70000, 1000, "hot"}});
  scene_->settle();
  zone.heat(71000);
  // On a plain kernel the service reads in sysfs which trip it is.
  scene_->settle();
  zone.remove();
  scene_->settle();
  EXPECT_EQ(scene_->told({.path = zone.object(), .interface = "Power"}, {"Source", "Temperature"}),
            Lines({std::string("overheating/2 Source=") + (is_patched() ? "kernel" : "thermal") +
                       " Temperature=71000",
                   "normal/7 Source=thermal Temperature=-"}));
}

TEST_F(Thermal, ActiveTripsSayNothing) {
  const ThermalZone zone({{50000, 1000, "active"}});
  EXPECT_EQ(driven(zone, {60000, 20000}), Lines());
}

TEST_F(Thermal, ZonesAreToldApart) {
  const ThermalZone one({{70000, 1000, "hot"}});
  const ThermalZone other({{70000, 1000, "hot"}});
  EXPECT_EQ(driven(one, {71000, 20000}),
            Lines({"overheating/2 Trip=0 TripType=hot Temperature=71000",
                   "normal/7 Trip=- TripType=- Temperature=20000"}));
  EXPECT_EQ(scene_->told({.path = other.object(), .interface = "Power"}), Lines());
}

}  // namespace
}  // namespace kevent::kernel

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/desktop/scene.h"

#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "tests/support/failure.h"

namespace kevent::desktop {
namespace {

constexpr std::uint64_t kDiskSize = 8 << 20;
constexpr std::uint8_t kOverheatingPriority = 2;

std::uint64_t now_us() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

event::Event thermal_event(const std::string& object, const std::string& signal, int millidegrees) {
  event::Event event{
      .time_us = now_us(), .group = event::Group::kPower, .object = object, .signal = signal};
  event.details.set("Source", std::string("thermal"));
  event.details.set("Temperature", std::int32_t{millidegrees});
  return event;
}

test::StandInService::Interfaces thermal_zone() {
  const std::vector<test::StandInService::Trip> trips = {{0, "passive", 85000, 2000},
                                                         {1, "hot", 95000, 2000}};
  return {{"org.kernel.Events1.ThermalZone",
           {{"Type", std::string("x86_pkg_temp")},
            {"Temperature", std::int32_t{96500}},
            {"Trips", trips},
            {"Overheating", true}}}};
}

}  // namespace

void RealScene::SetUp() {
  DesktopTest::SetUp();
  if (!IsSkipped() && ::geteuid() != 0) {
    GTEST_SKIP() << "real kernel events need root";
  }
}

void RealScene::start(Tray tray, const support::KeventdOptions& options) {
  service_ = std::make_unique<system::Service>(options);
  if (options.sources.empty()) {
    service_->settle();
  }
  desktop_ = std::make_unique<Desktop>(service_->bus.address(), tray);
  desktop_->start_applet();
}

void DiskScene::SetUp() {
  RealScene::SetUp();
  if (IsSkipped()) {
    return;
  }
  if (!support::have_program("mkfs.ext4")) {
    GTEST_SKIP() << "needs mkfs.ext4 (e2fsprogs)";
  }
  support::make_image(images_ / "image", kDiskSize);
  support::run_or_fail({"mkfs.ext4", "-q", "-F", "-L", "HOLIDAY", images_ / "image"});
  media_ = std::make_unique<support::Mounted>("media", "/media", "tmpfs");
  loop_ = std::make_unique<support::LoopDevice>(images_ / "image");
}

void StandInScene::SetUp() {
  DesktopTest::SetUp();
  service_ = std::make_unique<test::StandInService>(bus_.address());
  service_->add_object(kZone, thermal_zone());
}

// The applet knows the zone by its name when the icon tells it as the hottest.
void StandInScene::start() {
  desktop_ = std::make_unique<Desktop>(bus_.address(), Tray::kStatusNotifier);
  desktop_->start_applet();
  if (!desktop_->waits_for_tooltip("x86_pkg_temp")) {
    support::fail("kevent-tray does not know the zone: " + desktop_->tooltip());
  }
}

void StandInScene::overheat(int millidegrees) {
  event::Event event = thermal_event(kZone, "overheating", millidegrees);
  event.priority = kOverheatingPriority;
  event.details.set("Trip", std::uint32_t{1});
  event.details.set("TripType", std::string("hot"));
  service_->happen(event);
}

void StandInScene::cool_down(int millidegrees) {
  service_->happen(thermal_event(kZone, "normal", millidegrees));
}

}  // namespace kevent::desktop

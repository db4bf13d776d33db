// SPDX-License-Identifier: LGPL-2.1-or-later
// What a scene starts from: a desktop whose system bus has the real keventd on this machine's
// kernel, or the stand-in service where no machine can be asked to do such a thing. The applet
// runs, and follows.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "tests/client/stand_in_service.h"
#include "tests/desktop/desktop.h"
#include "tests/support/loop_device.h"
#include "tests/support/mounted.h"
#include "tests/system/service.h"

namespace kevent::desktop {

// So that nothing else that happens on this machine comes between: the mounts of the test's own
// namespace are the only events.
inline const support::KeventdOptions kMountsOnly = {.sources = "mount"};

// Skipped without root.
class RealScene : public DesktopTest {
 protected:
  void SetUp() override;
  // With the applet.
  void start(Tray tray = Tray::kXEmbed, const support::KeventdOptions& options = {});

  std::unique_ptr<system::Service> service_;
  std::unique_ptr<Desktop> desktop_;
};

// A loop device with a small ext4 on it, and a /media of the test's own.
class DiskScene : public RealScene {
 protected:
  static constexpr const char* kMountPoint = "/media/ann/HOLIDAY";

  void SetUp() override;
  support::Mounted mount() const { return support::Mounted(loop_->node(), kMountPoint, "ext4"); }

  support::TemporaryDirectory images_;
  std::unique_ptr<support::Mounted> media_;
  std::unique_ptr<support::LoopDevice> loop_;
};

// Says what no machine at hand says.
class StandInScene : public DesktopTest {
 protected:
  static constexpr const char* kZone = "/devices/virtual/thermal/thermal_zone0";

  void SetUp() override;
  // In lxqt-panel's tray.
  void start();
  // The zone with a passive trip at 85 degrees and a hot one at 95.
  void overheat(int millidegrees);
  void cool_down(int millidegrees);

  support::PrivateBus bus_{support::BusKind::kDaemon};
  std::unique_ptr<test::StandInService> service_;
  std::unique_ptr<Desktop> desktop_;
};

}  // namespace kevent::desktop

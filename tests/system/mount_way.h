// SPDX-License-Identifier: LGPL-2.1-or-later
// The two ways in which keventd hears of mounts. A privileged one on Linux 6.15 or newer has
// fanotify, any other reads the mount table.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <ostream>

#include "tests/system/service.h"

namespace kevent::system {

enum class MountWay { kFanotify, kMountinfo };

void PrintTo(MountWay way, std::ostream* out);

// A test of both ways, or of one by its instantiation. Skipped where the kernel lacks fanotify for
// mounts.
class MountWayTest : public SystemTest, public ::testing::WithParamInterface<MountWay> {
 protected:
  void SetUp() override;

  std::unique_ptr<Service> service_;
};

// "Fanotify", "Mountinfo": what the instantiated tests end with.
std::string mount_way_name(const ::testing::TestParamInfo<MountWay>& info);

}  // namespace kevent::system

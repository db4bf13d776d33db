// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/system/mount_way.h"

#include <sys/utsname.h>

#include <cstdio>

namespace kevent::system {
namespace {

constexpr uid_t kNobody = 65534;

bool kernel_is_at_least(int major, int minor) {
  utsname name{};
  int found_major = 0;
  int found_minor = 0;
  ::uname(&name);
  std::sscanf(name.release, "%d.%d", &found_major, &found_minor);
  return std::pair(found_major, found_minor) >= std::pair(major, minor);
}

}  // namespace

void PrintTo(MountWay way, std::ostream* out) {
  *out << (way == MountWay::kFanotify ? "Fanotify" : "Mountinfo");
}

std::string mount_way_name(const ::testing::TestParamInfo<MountWay>& info) {
  return ::testing::PrintToString(info.param);
}

void MountWayTest::SetUp() {
  SystemTest::SetUp();
  if (IsSkipped()) {
    return;
  }
  const bool fanotify = GetParam() == MountWay::kFanotify;
  if (fanotify && !kernel_is_at_least(6, 15)) {
    GTEST_SKIP() << "fanotify tells mounts since Linux 6.15";
  }
  support::KeventdOptions options;
  if (!fanotify) {
    options.user = kNobody;
  }
  service_ = std::make_unique<Service>(options);
  const auto sources = support::manager_property(service_->caller, "Sources");
  ASSERT_EQ(sources["mount"]["Kind"]["data"], fanotify ? "fanotify" : "mountinfo");
}

}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/crowd.h"

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

#include "lib/base/files.h"
#include "tests/support/failure.h"

namespace kevent::bench {
namespace {

// Above all that anybody else adds. What an interrupted run left behind is taken over.
constexpr int kFirstLoop = 20'000;
// The kernel waits some 40 ms before a block device is gone, but for many at once.
constexpr int kRemovers = 64;

void bind(const std::string& from, const std::string& to) {
  if (::mount(from.c_str(), to.c_str(), "none", MS_BIND, nullptr) != 0) {
    support::fail_with_errno("bind " + to);
  }
}

}  // namespace

int mount_count() {
  const auto table = base::read_file("/proc/self/mountinfo");
  if (!table) support::fail(table.error().message());
  return static_cast<int>(std::count(table->begin(), table->end(), '\n'));
}

MountCrowd::MountCrowd(int total) : top_("tmpfs", directory_ / "crowd", "tmpfs") {
  const std::string top = top_.mount_point();
  const int missing = total - mount_count();
  for (int i = 0; i < missing; ++i) {
    const std::string mount_point = top + "/" + std::to_string(i);
    std::filesystem::create_directory(mount_point);
    bind(mount_point, mount_point);
  }
}

DeviceCrowd::DeviceCrowd(int devices)
    : devices_(devices), control_(::open("/dev/loop-control", O_RDWR | O_CLOEXEC)) {
  for (int i = 0; i < loops(); ++i) {
    if (::ioctl(control_.get(), LOOP_CTL_ADD, kFirstLoop + i) < 0 && errno != EEXIST) {
      support::fail_with_errno("LOOP_CTL_ADD");
    }
  }
}

DeviceCrowd::~DeviceCrowd() {
  std::atomic<int> next = 0;
  std::vector<std::jthread> removers;
  for (int i = 0; i < std::min(kRemovers, loops()); ++i) {
    removers.emplace_back([this, &next] {
      for (int loop = next++; loop < loops(); loop = next++) {
        ::ioctl(control_.get(), LOOP_CTL_REMOVE, kFirstLoop + loop);
      }
    });
  }
}

}  // namespace kevent::bench

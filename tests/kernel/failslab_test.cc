// SPDX-License-Identifier: LGPL-2.1-or-later
// On the debug kernel: the worker that sends the kernel's events gets no memory, again and again.
// The events stay in the kernel's log, and the service finds them there.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

#include "tests/kernel/scene.h"

namespace kevent::kernel {
namespace {

const std::string kFailslab = "/sys/kernel/debug/failslab/";
constexpr int kMost = 1'000'000;

// Of the chosen processes, a part of all allocations fails while it lasts.
class Failslab {
 public:
  explicit Failslab(int percent) {
    write_to_kernel(kFailslab + "task-filter", "Y");
    write_to_kernel(kFailslab + "ignore-gfp-wait", "N");
    write_to_kernel(kFailslab + "verbose", "0");
    write_to_kernel(kFailslab + "interval", "1");
    write_to_kernel(kFailslab + "times", std::to_string(kMost));
    write_to_kernel(kFailslab + "probability", std::to_string(percent));
  }
  ~Failslab() { write_to_kernel(kFailslab + "probability", "0"); }
  Failslab(const Failslab&) = delete;
  Failslab& operator=(const Failslab&) = delete;

  // How many allocations have failed.
  int failures() const { return kMost - std::stoi(read_from_kernel(kFailslab + "times")); }
};

// The kernel's work items fail from now on.
void choose_workers() {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string process = entry.path();
    if (!std::filesystem::exists(process + "/comm") ||
        !read_from_kernel(process + "/comm").starts_with("kworker/")) {
      continue;
    }
    try {
      write_to_kernel(process + "/make-it-fail", "1");
    } catch (const std::system_error&) {
      // Workers come and go.
    }
  }
}

class DebugFailslab : public KernelTest {};

TEST_F(DebugFailslab, NoNumberIsMissingWhileTheWorkerHasNoMemory) {
  constexpr int kRounds = 15;
  constexpr std::uint64_t kEvents = 50;
  Scene scene;
  scene.settle_kernel();
  const std::size_t before = scene.logged({.path = kSentObject}).size();
  choose_workers();
  {
    const Failslab failslab(30);
    for (int round = 0; round < kRounds; ++round) {
      send_events(kEvents);
      scene.settle_kernel();
    }
    EXPECT_GT(failslab.failures(), 0);
  }
  const auto events = scene.logged({.also = support::with_text("Source", "kernel")});
  for (std::size_t i = 1; i < events.size(); ++i) {
    ASSERT_EQ(events[i].detail("KernelSequence")["data"].get<std::uint64_t>(),
              events[i - 1].detail("KernelSequence")["data"].get<std::uint64_t>() + 1);
  }
  EXPECT_EQ(scene.logged({.path = kSentObject}).size(), before + kRounds * (kEvents + 1));
}

}  // namespace
}  // namespace kevent::kernel

// SPDX-License-Identifier: LGPL-2.1-or-later
// A service that has nothing to do does nothing: the main loop sleeps, also after it was busy.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "lib/base/files.h"
#include "tests/support/eventually.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using std::chrono::milliseconds;

// How often the process went to sleep since its start, by /proc/PID/status.
std::uint64_t wakeups(pid_t pid) {
  const std::string status = *base::read_file("/proc/" + std::to_string(pid) + "/status");
  constexpr std::string_view kKey = "\nvoluntary_ctxt_switches:";
  return std::stoull(status.substr(status.find(kKey) + kKey.size()));
}

// The time on a processor since its start, by /proc/PID/schedstat.
std::chrono::nanoseconds processor_time(pid_t pid) {
  return std::chrono::nanoseconds(
      std::stoll(*base::read_file("/proc/" + std::to_string(pid) + "/schedstat")));
}

class Idle : public SystemTest {};

TEST_F(Idle, TakesNoWakeupAndNoTime) {
  Service service;
  support::trigger_uevents(support::kQuietDevice, 1000);
  service.settle();
  const pid_t pid = service.keventd.pid();
  // It is idle once it slept for a while; and then for as long again.
  constexpr milliseconds kWhile{300};
  std::uint64_t before = 0;
  ASSERT_TRUE(support::eventually(support::within(support::kPatience), [&] {
    before = wakeups(pid);
    return !support::eventually(support::within(kWhile), [&] { return wakeups(pid) != before; });
  }));
  const auto time_before = processor_time(pid);
  EXPECT_FALSE(
      support::eventually(support::within(kWhile), [&] { return wakeups(pid) != before; }));
  EXPECT_EQ(processor_time(pid), time_before);
}

}  // namespace
}  // namespace kevent::system

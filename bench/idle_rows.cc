// SPDX-License-Identifier: LGPL-2.1-or-later
// How often keventd wakes while nothing happens, with few and with many mounts and devices.
#include <thread>

#include "bench/contestant.h"
#include "bench/crowd.h"
#include "bench/process_figures.h"
#include "bench/rows.h"
#include "tests/support/private_bus.h"
#include "tests/support/uevents.h"

namespace kevent::bench {
namespace {

constexpr std::chrono::seconds kIdle{60};
constexpr std::chrono::seconds kQuickIdle{2};
// Longer than any timer of keventd that the start may have left.
constexpr std::chrono::seconds kSettle{7};
constexpr std::chrono::seconds kQuickSettle{1};

Rows idle_rows_of(const Settings& settings, const std::string& with) {
  const auto idle = settings.quick ? kQuickIdle : kIdle;
  const support::PrivateBus bus;
  FreshKeventd keventd(bus.address());
  std::this_thread::sleep_for(settings.quick ? kQuickSettle : kSettle);
  const std::uint64_t woken = wakeups(keventd->pid());
  const std::uint64_t seqnum = support::uevent_seqnum();
  std::this_thread::sleep_for(idle);
  const auto row = [&](const std::string& what, const std::string& goal, std::uint64_t count) {
    return Row{
        .what = what + " in " + std::to_string(idle.count()) + " s" + with,
        .goal = goal,
        .keventd = Figure{static_cast<double>(count), {}},
    };
  };
  return {row("wakeups", "0", wakeups(keventd->pid()) - woken),
          row("uevents of others meanwhile", "", support::uevent_seqnum() - seqnum)};
}

}  // namespace

Rows idle_rows(const Settings& settings) {
  settings.progress("alone");
  Rows rows = idle_rows_of(settings, "");
  const int mounts = settings.scaled(10'000, 100);
  const int devices = settings.scaled(1'000, 10);
  const std::string with =
      std::to_string(mounts) + " mounts and " + std::to_string(devices) + " further devices";
  settings.progress(with);
  const MountCrowd many_mounts(mounts);
  const DeviceCrowd many_devices(devices);
  for (Row& row : idle_rows_of(settings, ", " + with)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace kevent::bench

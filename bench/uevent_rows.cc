// SPDX-License-Identifier: LGPL-2.1-or-later
// From write(2) into a device's `uevent` file to the callback of a client, one event at a time.
#include <thread>

#include "bench/contestant.h"
#include "bench/rows.h"
#include "bench/uevent_client.h"
#include "tests/support/private_bus.h"

namespace kevent::bench {
namespace {

constexpr int kRounds = 15;
constexpr int kEvents = 300;
constexpr int kQuickEvents = 30;
constexpr int kWarmUp = 20;
// After it all is idle: the service, the bus, and the publisher that asks the bus what it took.
constexpr std::chrono::milliseconds kPause{2};

Samples latencies(const std::string& bus, Contestant& service, int events) {
  UeventTrigger trigger;
  UeventClient client(bus, service.name(), kOfBenchDevice);
  Samples samples;
  for (int i = 0; i < kWarmUp + events; ++i) {
    std::this_thread::sleep_for(kPause);
    const auto start = trigger.pull();
    const auto heard = client.next();
    if (i >= kWarmUp) samples.push_back(microseconds(heard - start));
  }
  return samples;
}

}  // namespace

Rows uevent_rows(const Settings& settings) {
  const support::PrivateBus bus;
  const int events = settings.scaled(kEvents, kQuickEvents);
  Rounds rounds;
  for (int round = 0; round < settings.rounds(kRounds); ++round) {
    settings.progress("round " + std::to_string(round + 1));
    Samples floor_samples;
    {
      Floor floor(bus.address());
      floor_samples = latencies(bus.address(), floor, events);
    }
    FreshKeventd keventd(bus.address());
    rounds.add(latencies(bus.address(), *keventd, events), floor_samples);
  }
  return {{.what = "uevent to client callback",
           .unit = "µs",
           .goal = "≤ 1.3 × floor",
           .floor = rounds.theirs(),
           .keventd = rounds.ours(),
           .ratio = rounds.ratio()}};
}

}  // namespace kevent::bench

// SPDX-License-Identifier: LGPL-2.1-or-later
// A storm: uevents as fast as the kernel makes them, to one subscriber that reads all. The rate is
// that from the first write(2) to the last callback. What was sent is the kernel's own count, so
// that also somebody else's uevents are in the accounts.
#include <algorithm>
#include <future>

#include "bench/contestant.h"
#include "bench/process_figures.h"
#include "bench/rows.h"
#include "bench/uevent_client.h"
#include "tests/support/private_bus.h"
#include "tests/support/uevents.h"

namespace kevent::bench {
namespace {

constexpr int kRounds = 7;
constexpr int kBurst = 100'000;
constexpr int kQuickBurst = 5'000;
constexpr int kFlood = 1'000'000;
constexpr int kQuickFlood = 20'000;
// Nothing has come for so long: what is missing will not come.
constexpr std::chrono::seconds kSilence{5};
// Not so long as to wait for the end of somebody else's storm.
constexpr std::chrono::minutes kLongest{1};

struct Storm {
  double per_second = 0;
  double sent = 0;
  double delivered = 0;
  double told_lost = 0;
  double out_of_order = 0;
  double peak_mib = 0;
  double peak_private_mib = 0;

  double unaccounted() const { return sent - delivered - told_lost; }
};

Storm storm(const std::string& bus, const Contestant& service, int uevents) {
  UeventClient client(bus, service.name(), "");
  const std::uint64_t seqnum = support::uevent_seqnum();
  const auto start = Clock::now();
  auto sender = std::async(std::launch::async, [&] {
    support::trigger_uevents(kBenchDevice, uevents);
    return support::uevent_seqnum() - seqnum;
  });
  std::uint64_t sent = 0;
  std::uint64_t before = 0;
  bool complete = false;
  do {
    before = client.count();
    complete = client.process_until(support::within(kSilence), [&] {
      if (sent == 0 && sender.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        sent = sender.get();
      }
      return sent != 0 && client.count() + client.told_lost() >= sent;
    });
  } while (!complete && (sent == 0 || client.count() != before) && Clock::now() < start + kLongest);
  service.check_running();
  const auto number = [](auto value) { return static_cast<double>(value); };
  return {.per_second = number(client.count()) / microseconds(client.last() - start) * 1e6,
          .sent = number(sent),
          .delivered = number(client.count()),
          .told_lost = number(client.told_lost()),
          .out_of_order = number(client.out_of_order()),
          .peak_mib = memory_mib(service.pid(), "VmHWM"),
          .peak_private_mib = peak_private_mib(service.pid())};
}

// A row from one number of each of keventd's storms.
Row keventd_row(const std::string& what, const std::string& unit, const std::string& goal,
                const std::vector<Storm>& storms, double (*number)(const Storm&)) {
  Samples samples;
  for (const Storm& one : storms) samples.push_back(number(one));
  return {
      .what = what,
      .unit = unit,
      .goal = goal,
      .keventd = figure(samples),
  };
}

Rows burst_rows(const Settings& settings, const std::string& bus) {
  const int uevents = settings.scaled(kBurst, kQuickBurst);
  Rounds rounds;
  std::vector<Storm> storms;
  for (int round = 0; round < settings.rounds(kRounds); ++round) {
    settings.progress("burst " + std::to_string(round + 1));
    Samples floor_rate;
    {
      const Floor floor(bus);
      floor_rate = {storm(bus, floor, uevents).per_second};
    }
    FreshKeventd keventd(bus);
    storms.push_back(storm(bus, *keventd, uevents));
    rounds.add({storms.back().per_second}, floor_rate);
  }
  const std::string which = std::to_string(uevents) + " uevents: ";
  return {
      {.what = which + "rate",
       .unit = "1/s",
       .goal = "≥ 0.9 × floor",
       .floor = rounds.theirs(),
       .keventd = rounds.ours(),
       .ratio = rounds.ratio()},
      keventd_row(which + "not delivered", "", "0", storms,
                  [](const Storm& one) { return std::max(one.sent - one.delivered, 0.0); }),
      keventd_row(which + "out of order", "", "0", storms,
                  [](const Storm& one) { return one.out_of_order; }),
      keventd_row(which + "peak memory, resident", "MiB", "≤ 48 MiB", storms,
                  [](const Storm& one) { return one.peak_mib; }),
      keventd_row(which + "peak memory, private", "MiB", "", storms,
                  [](const Storm& one) { return one.peak_private_mib; }),
  };
}

Rows flood_rows(const Settings& settings, const std::string& bus) {
  const int uevents = settings.scaled(kFlood, kQuickFlood);
  settings.progress("flood");
  FreshKeventd keventd(bus);
  const std::vector<Storm> storms = {storm(bus, *keventd, uevents)};
  const std::string which = std::to_string(uevents) + " uevents: ";
  return {
      keventd_row(which + "delivered", "", "", storms,
                  [](const Storm& one) { return one.delivered; }),
      keventd_row(which + "told as lost", "", "", storms,
                  [](const Storm& one) { return one.told_lost; }),
      keventd_row(which + "neither", "", "0", storms,
                  [](const Storm& one) { return one.unaccounted(); }),
      keventd_row(which + "out of order", "", "0", storms,
                  [](const Storm& one) { return one.out_of_order; }),
      keventd_row(which + "peak memory, resident", "MiB", "≤ 48 MiB", storms,
                  [](const Storm& one) { return one.peak_mib; }),
  };
}

}  // namespace

Rows throughput_rows(const Settings& settings) {
  const support::PrivateBus bus;
  Rows rows = burst_rows(settings, bus.address());
  for (Row& row : flood_rows(settings, bus.address())) rows.push_back(std::move(row));
  return rows;
}

}  // namespace kevent::bench

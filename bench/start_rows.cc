// SPDX-License-Identifier: LGPL-2.1-or-later
// From fork to the owned name, and the memory at that time, as the number of devices grows.
#include <array>
#include <regex>

#include "bench/contestant.h"
#include "bench/crowd.h"
#include "bench/process_figures.h"
#include "bench/rows.h"
#include "tests/support/failure.h"
#include "tests/support/private_bus.h"

namespace kevent::bench {
namespace {

constexpr int kRounds = 7;
constexpr std::array kFurther = {0, 100, 1'000, 10'000};
constexpr std::array kQuickFurther = {0, 10, 20, 40};
constexpr double kKibPerMib = 1024;

// What starting a service some times showed.
struct Starts {
  Samples milliseconds;
  Samples private_mib;
  Samples resident_mib;
  double devices = 0;

  void add(const Contestant& service) {
    milliseconds.push_back(microseconds(service.start_time()) / 1000);
    private_mib.push_back(memory_mib(service.pid(), "RssAnon"));
    resident_mib.push_back(memory_mib(service.pid(), "VmRSS"));
  }
};

// "keventd: ready on bus ..., 400 devices". It is said right after the name is taken.
double device_count(const Contestant& keventd) {
  std::smatch found;
  std::string said;
  support::eventually(support::within(support::kPatience), [&] {
    said = keventd.error_output();
    return std::regex_search(said, found, std::regex("(\\d+) devices"));
  });
  if (found.empty()) support::fail("keventd does not say how many devices there are");
  return std::stod(found[1]);
}

Row start_row(const std::string& what, const std::string& unit, const std::string& goal,
              const Samples& floor, const Samples& keventd) {
  return {
      .what = what,
      .unit = unit,
      .goal = goal,
      .floor = floor.empty() ? std::nullopt : std::optional(figure(floor)),
      .keventd = figure(keventd),
  };
}

Rows rows_of(const Starts& floor, const Starts& keventd, bool has_goals) {
  const std::string with = ", " + std::to_string(static_cast<int>(keventd.devices)) + " devices";
  const auto goal = [&](const char* text) { return std::string(has_goals ? text : ""); };
  return {start_row("start to name owned" + with, "ms", goal("≤ 100 ms"), floor.milliseconds,
                    keventd.milliseconds),
          start_row("private memory" + with, "MiB", goal("≤ 4.5 MiB"), floor.private_mib,
                    keventd.private_mib),
          start_row("resident memory" + with, "MiB", goal("≤ 14 MiB"), floor.resident_mib,
                    keventd.resident_mib)};
}

}  // namespace

Rows start_rows(const Settings& settings) {
  const support::PrivateBus bus;
  const auto& further = settings.quick ? kQuickFurther : kFurther;
  std::array<Starts, kFurther.size()> keventd;
  Starts floor;
  Rows rows;
  for (std::size_t i = 0; i < further.size(); ++i) {
    const DeviceCrowd crowd(further[i]);
    for (int round = 0; round < settings.rounds(kRounds); ++round) {
      settings.progress(std::to_string(further[i]) + " further devices, round " +
                        std::to_string(round + 1));
      if (i == 0) floor.add(Floor(bus.address()));
      FreshKeventd service(bus.address());
      keventd[i].add(*service);
      keventd[i].devices = device_count(*service);
    }
    for (Row& row : rows_of(i == 0 ? floor : Starts{}, keventd[i], i == 0)) {
      rows.push_back(std::move(row));
    }
  }
  const double more_mib = median(keventd.back().private_mib) - median(keventd.front().private_mib);
  rows.push_back(
      start_row("private memory for each further device", "KiB", "≤ 5 KiB", {},
                {more_mib * kKibPerMib / (keventd.back().devices - keventd.front().devices)}));
  return rows;
}

}  // namespace kevent::bench

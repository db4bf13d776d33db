// SPDX-License-Identifier: LGPL-2.1-or-later
// One event to many subscribers: when the first has it, and the last, and what it takes of the
// processors in the service itself.
#include <poll.h>

#include <algorithm>
#include <array>
#include <memory>
#include <thread>

#include "bench/contestant.h"
#include "bench/process_figures.h"
#include "bench/rows.h"
#include "bench/uevent_client.h"
#include "tests/support/failure.h"
#include "tests/support/private_bus.h"

namespace kevent::bench {
namespace {

constexpr int kRounds = 5;
constexpr int kEvents = 100;
constexpr int kQuickEvents = 10;
constexpr int kWarmUp = 5;
constexpr std::array kSubscribers = {1, 10, 100, 200};
constexpr std::chrono::milliseconds kPause{5};

class Audience {
 public:
  Audience(const std::string& bus_address, const std::string& service, int size) {
    for (int i = 0; i < size; ++i) {
      clients_.push_back(std::make_unique<UeventClient>(bus_address, service, kOfBenchDevice));
      polled_.push_back({clients_.back()->descriptor(), POLLIN, 0});
    }
  }

  // Returns when each has heard `count` events, or fails.
  void hear(std::uint64_t count) {
    const auto deadline = support::within(support::kPatience);
    while (std::any_of(clients_.begin(), clients_.end(),
                       [&](const auto& client) { return client->count() < count; })) {
      if (Clock::now() > deadline)
        support::fail("not every subscriber hears: lost in somebody else's storm, perhaps");
      ::poll(polled_.data(), polled_.size(), 100);
      for (std::size_t i = 0; i < polled_.size(); ++i) {
        if (polled_[i].revents != 0) clients_[i]->process();
      }
    }
  }

  Clock::time_point first() const { return (*std::ranges::min_element(clients_, by_time))->last(); }
  Clock::time_point last() const { return (*std::ranges::max_element(clients_, by_time))->last(); }

  // Signals that somebody got besides the `count` that all got.
  double surplus(std::uint64_t count) const {
    std::uint64_t sum = 0;
    for (const auto& client : clients_) sum += client->count() - count;
    return static_cast<double>(sum);
  }

 private:
  using Client = std::unique_ptr<UeventClient>;
  static bool by_time(const Client& a, const Client& b) { return a->last() < b->last(); }

  std::vector<Client> clients_;
  std::vector<pollfd> polled_;
};

struct Heard {
  Samples first;
  Samples last;
  double processor_us = 0;  // of the service, for one event
  double surplus = 0;
};

Heard tell(const std::string& bus, const Contestant& service, int subscribers, int events) {
  UeventTrigger trigger;
  Audience audience(bus, service.name(), subscribers);
  Heard heard;
  std::chrono::nanoseconds before{};
  const auto all = static_cast<std::uint64_t>(kWarmUp + events);
  for (std::uint64_t i = 0; i < all; ++i) {
    if (i == kWarmUp) before = processor_time(service.pid());
    std::this_thread::sleep_for(kPause);
    const auto start = trigger.pull();
    audience.hear(i + 1);
    if (i < kWarmUp) continue;
    heard.first.push_back(microseconds(audience.first() - start));
    heard.last.push_back(microseconds(audience.last() - start));
  }
  std::this_thread::sleep_for(kPause);
  heard.processor_us = microseconds(processor_time(service.pid()) - before) / events;
  heard.surplus = audience.surplus(all);
  return heard;
}

struct Compared {
  Rounds first;
  Rounds last;
  Rounds processor;

  void add(const Heard& keventd, const Heard& floor) {
    first.add(keventd.first, floor.first);
    last.add(keventd.last, floor.last);
    processor.add({keventd.processor_us}, {floor.processor_us});
  }
};

Row compared_row(const std::string& what, const Rounds& rounds) {
  return {.what = what,
          .unit = "µs",
          .floor = rounds.theirs(),
          .keventd = rounds.ours(),
          .ratio = rounds.ratio()};
}

Rows rows_on(const std::string& bus, const std::string& bus_name, const Settings& settings) {
  const int events = settings.scaled(kEvents, kQuickEvents);
  std::array<Compared, kSubscribers.size()> compared;
  Samples surplus;
  for (int round = 0; round < settings.rounds(kRounds); ++round) {
    settings.progress(bus_name + ", round " + std::to_string(round + 1));
    for (std::size_t i = 0; i < kSubscribers.size(); ++i) {
      Heard floor_heard;
      {
        const Floor floor(bus);
        floor_heard = tell(bus, floor, kSubscribers[i], events);
      }
      FreshKeventd keventd(bus);
      const Heard heard = tell(bus, *keventd, kSubscribers[i], events);
      compared[i].add(heard, floor_heard);
      surplus.push_back(heard.surplus);
    }
  }
  Rows rows;
  for (std::size_t i = 0; i < kSubscribers.size(); ++i) {
    const std::string to = bus_name + ", " + std::to_string(kSubscribers[i]) + ": ";
    rows.push_back(compared_row(to + "the first has it", compared[i].first));
    rows.push_back(compared_row(to + "the last has it", compared[i].last));
    rows.push_back(compared_row(to + "processor time of the service", compared[i].processor));
  }
  rows.push_back({.what = "got more than one, of all of these on " + bus_name,
                  .goal = "0",
                  .keventd = figure(surplus)});
  return rows;
}

}  // namespace

Rows subscriber_rows(const Settings& settings) {
  const support::PrivateBus daemon(support::BusKind::kDaemon);
  Rows rows = rows_on(daemon.address(), "dbus-daemon", settings);
  const support::PrivateBus broker(support::BusKind::kBroker);
  for (Row& row : rows_on(broker.address(), "dbus-broker", settings)) {
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace kevent::bench

// SPDX-License-Identifier: LGPL-2.1-or-later
// 10,000 events in two seconds, each of which would matter to a person: what is shown is little,
// the window goes on answering, memory has a bound.
//
// Whether the applet's thread of the screen stands still is asked from outside: every 20 ms, by a
// call that this thread alone answers.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <thread>

#include "lib/event/vocabulary.h"
#include "tests/desktop/bus_monitor.h"
#include "tests/desktop/scene.h"
#include "tests/support/failure.h"

namespace kevent::desktop {
namespace {

using std::chrono::milliseconds;
using support::eventually;
using support::kPatience;
using support::within;

constexpr int kPairs = 5000;
constexpr int kPairsInATick = 50;
constexpr milliseconds kTick{20};
constexpr std::size_t kMostNotices = 3;

// Sanitizers make all of it slower and larger.
#ifdef KEVENT_SANITIZED
constexpr int kAllowance = 5;
#else
constexpr int kAllowance = 1;
#endif
constexpr milliseconds kLongestStall = kAllowance * milliseconds(100);
constexpr std::size_t kMostGrowthKib = kAllowance * 48 * 1024;

class ThreadOfTheScreen {
 public:
  explicit ThreadOfTheScreen(const std::string& session_bus)
      : bus_(session_bus), thread_([this] { run(); }) {}
  ~ThreadOfTheScreen() { stop(); }
  ThreadOfTheScreen(const ThreadOfTheScreen&) = delete;
  ThreadOfTheScreen& operator=(const ThreadOfTheScreen&) = delete;

  // The longest that it let a call wait.
  milliseconds stop() {
    stopping_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
    return longest_;
  }

 private:
  // The object lives in that thread, so its introspection does.
  void run() {
    const support::Method ask{kAppletPath, "org.freedesktop.DBus.Introspectable", "Introspect",
                              kAppletName};
    while (!stopping_) {
      const auto asked = std::chrono::steady_clock::now();
      bus_.call(ask);
      longest_ = std::max(longest_, std::chrono::duration_cast<milliseconds>(
                                        std::chrono::steady_clock::now() - asked));
      eventually(asked + kTick, [this] { return stopping_.load(); });
    }
  }

  support::BusConnection bus_;
  std::atomic<bool> stopping_ = false;
  milliseconds longest_{0};
  std::thread thread_;
};

// Calls `pair` for each of the pairs, evenly over two seconds.
template <typename Pair>
void two_seconds_of(Pair pair) {
  const auto start = std::chrono::steady_clock::now();
  for (int number = 0; number < kPairs; ++number) {
    pair(number);
    if (number % kPairsInATick == 0) {
      const auto due = start + kTick * (number / kPairsInATick);
      eventually(due, [&] { return std::chrono::steady_clock::now() >= due; });
    }
  }
}

struct Outcome {
  std::size_t notices = 0;
  milliseconds stall{0};
  std::size_t growth_kib = 0;
};

// What a storm does to an applet with an open window. It is over when the applet tells of what came
// after it, by itself or as a part of a summary.
template <typename Pair, typename Last>
Outcome weather(Desktop& desktop, Pair pair, Last last) {
  desktop.open_window();
  const std::size_t before_kib = desktop.applet_memory_kib();
  BusMonitor notices(desktop.session_bus().address(), "type='method_call',member='Notify'");
  ThreadOfTheScreen thread(desktop.session_bus().address());
  two_seconds_of(pair);
  last();
  desktop.server().wait_for([](const Shown& shown) {
    return shown.says("/media/ann/LAST") || shown.says("in a short time");
  });
  Outcome outcome{.stall = thread.stop()};
  outcome.notices = notices.count();
  const std::size_t after_kib = desktop.applet_memory_kib();
  outcome.growth_kib = after_kib > before_kib ? after_kib - before_kib : 0;
  std::cout << "notices: " << outcome.notices << ", longest stall: " << outcome.stall.count()
            << " ms, more memory: " << outcome.growth_kib << " KiB\n";
  return outcome;
}

void expect_calm(const Outcome& outcome) {
  EXPECT_LE(outcome.notices, kMostNotices);
  EXPECT_LE(outcome.stall.count(), kLongestStall.count());
  EXPECT_LE(outcome.growth_kib, kMostGrowthKib);
}

class Storm : public DiskScene {};

// The disk is mounted in one more place, and unmounted there, 5,000 times.
TEST_F(Storm, OfMountsIsLittleToSee) {
  const std::string place = "/media/ann/copy";
  start(Tray::kXEmbed, kMountsOnly);
  const support::Mounted mounted = mount();
  desktop_->server().wait_for_text(kMountPoint);
  std::filesystem::create_directories(place);
  const auto pair = [&](int /*number*/) {
    if (::mount(kMountPoint, place.c_str(), nullptr, MS_BIND, nullptr) != 0 ||
        ::umount2(place.c_str(), 0) != 0) {
      support::fail_with_errno(place);
    }
  };
  std::optional<support::Mounted> last;
  expect_calm(
      weather(*desktop_, pair, [&] { last.emplace(kMountPoint, "/media/ann/LAST", "", MS_BIND); }));
}

event::Event mount_event(const std::string& signal, const std::string& label, int disk) {
  event::Event event = test::loop_event(signal, event::Group::kFs);
  event.priority = event::priority::kNotice;
  event.object = "/devices/virtual/block/loop" + std::to_string(disk);
  event.details.set("Scope", std::string("mount_point"));
  event.details.set("MountPoint", "/media/ann/" + label + std::to_string(disk));
  event.details.set("FileSystem", std::string("ext4"));
  event.details.set("MountSource", "/dev/loop" + std::to_string(disk));
  return event;
}

class StormFromAStandInService : public StandInScene {};

// 200 disks that come and go.
TEST_F(StormFromAStandInService, OfManyDisksBecomesOneSummary) {
  static constexpr int kDisks = 200;
  start();
  const auto pair = [this](int number) {
    service_->happen(mount_event("mount", "DISK", number % kDisks));
    service_->happen(mount_event("umount", "DISK", number % kDisks));
  };
  expect_calm(
      weather(*desktop_, pair, [this] { service_->happen(mount_event("mount", "LAST", kDisks)); }));
  desktop_->take_picture_of_notices("notice-storm");
}

}  // namespace
}  // namespace kevent::desktop

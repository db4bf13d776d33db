// SPDX-License-Identifier: LGPL-2.1-or-later
// One million events into a kernel log that holds a few thousand, or some eighty: what is told and
// what is said to be lost make the million, to the event, and what is told comes in order.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "tests/kernel/scene.h"
#include "tests/kernel/thermal_zone.h"
#include "tests/support/bus_connection.h"
#include "tests/support/loop_device.h"
#include "tests/support/process.h"

namespace kevent::kernel {
namespace {

constexpr std::uint64_t kEvents = 1'000'000;
constexpr std::chrono::seconds kLongPatience{150};
constexpr const char* kCommand = "echo 1000000 >/sys/kernel/debug/kevent/send";

// A subscriber that checks each signal when it comes, and keeps none.
class Account {
 public:
  explicit Account(const std::string& address, std::uint64_t expected = kEvents)
      : bus_(address), expected_(expected) {
    const std::string service = "type='signal',sender='org.kernel.Events1',path='";
    bus_.subscribe(service + kSentObject + "'", [this](sd_bus_message* message) {
      const support::Json arguments = support::read_arguments(message);
      // "number=N", from 1.
      const std::string text = arguments[3]["Text"]["data"];
      take(std::stoull(text.substr(text.find('=') + 1)));
    });
    bus_.subscribe(service + support::kManagerPath + "',member='events_lost'",
                   [this](sd_bus_message* message) {
                     const support::Json details = support::read_arguments(message)[3];
                     lose(details["Source"]["data"], details["Count"]["data"]);
                   });
  }

  // Until the last event was told, or said to be lost.
  bool follow() {
    return bus_.process_until(support::within(kLongPatience),
                              [this] { return last_ + lost_since_ >= expected_; });
  }

  std::uint64_t told() const { return told_; }
  std::uint64_t lost() const { return lost_; }
  int losses() const { return losses_; }
  // Events that do not come where the one before, and the losses since, have them come.
  int misplaced() const { return misplaced_; }
  // Losses of another source: that of the service's own log, for one.
  int strange() const { return strange_; }

 private:
  void take(std::uint64_t number) {
    misplaced_ += number == last_ + lost_since_ + 1 ? 0 : 1;
    last_ = number;
    lost_since_ = 0;
    ++told_;
  }
  void lose(const std::string& source, std::uint64_t count) {
    strange_ += source == "kernel" ? 0 : 1;
    lost_ += count;
    lost_since_ += count;
    ++losses_;
  }

  support::BusConnection bus_;
  std::uint64_t expected_;
  std::uint64_t last_ = 0;
  std::uint64_t lost_since_ = 0;
  std::uint64_t told_ = 0;
  std::uint64_t lost_ = 0;
  int losses_ = 0;
  int misplaced_ = 0;
  int strange_ = 0;
};

class PatchedLoss : public KernelTest {
 protected:
  void SetUp() override {
    KernelTest::SetUp();
    service_.emplace();
    account_.emplace(service_->bus.address());
  }

  void expect_a_million() {
    ASSERT_TRUE(account_->follow()) << account_->told() << " told, " << account_->lost() << " lost";
    RecordProperty("told", std::to_string(account_->told()));
    RecordProperty("lost", std::to_string(account_->lost()));
    std::printf("%llu told, %llu lost in %d pieces\n",
                static_cast<unsigned long long>(account_->told()),
                static_cast<unsigned long long>(account_->lost()), account_->losses());
    EXPECT_EQ(account_->told() + account_->lost(), kEvents);
    EXPECT_EQ(account_->misplaced(), 0);
    EXPECT_EQ(account_->strange(), 0);
  }

  // Without a tape: it would keep all of it.
  struct Service {
    Service() : keventd(bus.address(), directory / "run") {}
    support::PrivateBus bus;
    support::TemporaryDirectory directory;
    support::Keventd keventd;
  };
  std::optional<Service> service_;
  std::optional<Account> account_;
};

TEST_F(PatchedLoss, IsCountedToTheEventWhileTheServiceSleeps) {
  service_->keventd.signal(SIGSTOP);
  send_events(kEvents);
  service_->keventd.signal(SIGCONT);
  expect_a_million();
  EXPECT_EQ(account_->losses(), 1);
}

TEST_F(PatchedLoss, IsCountedToTheEventWhileTheServiceRuns) {
  support::Process sender({"sh", "-c", kCommand});
  expect_a_million();
  EXPECT_EQ(sender.wait(), 0);
}

// With kevent_log_size=8K: here the kernel's own worker falls behind, too.
using PatchedSmallLog = PatchedLoss;

TEST_F(PatchedSmallLog, IsCountedToTheEventWhileTheServiceSleeps) {
  ASSERT_NE(read_from_kernel("/proc/cmdline").find("kevent_log_size=8K"), std::string::npos);
  service_->keventd.signal(SIGSTOP);
  send_events(kEvents);
  service_->keventd.signal(SIGCONT);
  expect_a_million();
  EXPECT_LT(account_->told(), 1000U);
}

TEST_F(PatchedSmallLog, IsCountedToTheEventWhileTheServiceRuns) {
  support::Process sender({"sh", "-c", kCommand});
  expect_a_million();
  EXPECT_EQ(sender.wait(), 0);
}

const support::KeventdOptions kSmall{.log_size = "256K"};

// With kevent_log_size=4M: the kernel has kept far more than the service's own log holds.
class PatchedBacklog : public KernelTest {
 protected:
  static constexpr std::uint64_t kBacklog = 10'000;

  void SetUp() override {
    KernelTest::SetUp();
    ASSERT_NE(read_from_kernel("/proc/cmdline").find("kevent_log_size=4M"), std::string::npos);
  }
};

TEST_F(PatchedBacklog, IsToldInFullAtAFirstStart) {
  const support::PrivateBus bus;
  const support::TemporaryDirectory directory;
  Account account(bus.address(), kBacklog);
  send_events(kBacklog);
  support::Keventd keventd(bus.address(), directory / "run", kSmall);
  ASSERT_TRUE(account.follow()) << account.told() << " told, " << account.lost() << " lost";
  EXPECT_EQ(account.told(), kBacklog);
  EXPECT_EQ(account.losses(), 0);
  EXPECT_EQ(account.misplaced(), 0);
}

// What the kernel's log still has to say is not found by comparing before it is told.
class PatchedRest : public KernelTest {};

TEST_F(PatchedRest, IsWaitedForByThoseThatCompare) {
  Scene scene(kSmall);
  support::make_image(scene.directory / "image", 8 << 20);
  support::LoopDevice loop(scene.directory / "image");
  const ThermalZone zone({{80000, 2000, "hot"}});
  scene.settle();
  scene.keventd.stop();
  scene.tape.clear();
  // Some four times what there is room for; a tape of more takes its time.
  send_events(2000);
  zone.heat(85000);
  loop.detach();
  scene.keventd.start();
  // The last that the kernel said; then those that compare had the time to.
  scene.hear({.path = loop.object(), .member = "media_change"});
  scene.system::Service::settle();
  EXPECT_EQ(scene.told({.path = loop.object(), .interface = "Storage"}, {"Source"}),
            Lines({"media_change/5 Source=kernel"}));
  EXPECT_EQ(scene.told({.path = zone.object(), .interface = "Power"}, {"Source"}),
            Lines({"overheating/2 Source=kernel"}));
  EXPECT_EQ(scene.told({.member = "events_lost", .also = support::with_text("Source", "log")}),
            Lines());
}

}  // namespace
}  // namespace kevent::kernel

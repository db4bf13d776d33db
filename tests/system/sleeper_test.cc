// SPDX-License-Identifier: LGPL-2.1-or-later
// One subscriber that never reads, under a system bus's limits: dbus-daemon then stops reading from
// whoever sends it more than 127 MiB. Everybody else must not notice more than a few seconds of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include "tests/support/contract_client.h"
#include "tests/support/uevents.h"
#include "tests/system/accounts.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using support::BusConnection;
using support::within;

constexpr int kUevents = 300'000;
// What the socket of keventd holds, and its log: after a new connection the follower asks the log.
constexpr int kBurst = 5'000;
constexpr milliseconds kLongestCall{6000};
constexpr std::chrono::minutes kBurstPatience{2};
constexpr std::chrono::minutes kVeryLongPatience{20};

// Asks for LastSequence and keeps the longest time that an answer took. A call that is under way
// when the service gives its connection up is answered too, by the bus, with NoReply; whoever asks
// again asks the new one.
class TimedCaller {
 public:
  explicit TimedCaller(const std::string& address) : bus_(address) {}

  // 0 when the service could not be asked now.
  std::uint64_t last_sequence() {
    const auto start = steady_clock::now();
    const support::Reply reply =
        bus_.call({support::kManagerPath, "org.freedesktop.DBus.Properties", "Get"}, "ss",
                  support::kManagerInterface, "LastSequence");
    longest_ =
        std::max(longest_, std::chrono::duration_cast<milliseconds>(steady_clock::now() - start));
    if (reply.ok()) {
      return reply.arguments[0]["data"];
    }
    EXPECT_EQ(reply.error, "org.freedesktop.DBus.Error.NoReply") << reply.error_text;
    return 0;
  }

  // The connection that has the name.
  std::string owner() {
    return bus_
        .call({"/org/freedesktop/DBus", "org.freedesktop.DBus", "GetNameOwner",
               "org.freedesktop.DBus"},
              "s", support::kService)
        .arguments.dump();
  }

  milliseconds longest() const { return longest_; }

 private:
  BusConnection bus_;
  milliseconds longest_{0};
};

// Follows the contract in a thread of its own until the mark.
class Follower {
 public:
  Follower(const std::string& address, const std::string& mark) {
    accounts_.expect_mark(mark);
    thread_ = std::thread([this, address] { follow(address); });
  }
  ~Follower() {
    stopping_ = true;
    join();
  }

  // Waits for the mark.
  void join() {
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  bool started() const { return started_; }
  std::uint64_t taken() const { return taken_; }  // the newest sequence
  // After join().
  const Accounts& accounts() const { return accounts_; }
  std::uint64_t forgotten() const { return forgotten_; }

 private:
  void follow(const std::string& address) {
    support::ContractClient client(address, [this](const support::Told& event) {
      accounts_.take(event);
      taken_ = event.sequence;
    });
    client.follow_until(within(kVeryLongPatience), [&] {
      started_ = true;
      return accounts_.marked() || stopping_;
    });
    forgotten_ = client.contract().forgotten();
  }

  Accounts accounts_;
  std::atomic<bool> started_ = false;
  std::atomic<std::uint64_t> taken_ = 0;
  std::atomic<bool> stopping_ = false;
  std::uint64_t forgotten_ = 0;
  std::thread thread_;
};

class Sleeper : public SystemTest {};

TEST_F(Sleeper, HarmsNobodyElse) {
  const support::PrivateBus bus;
  const support::TemporaryDirectory directory;
  support::Keventd keventd(bus.address(), directory / "run");
  BusConnection sleeper(bus.address());
  sleeper.subscribe("type='signal',sender='org.kernel.Events1'", [](sd_bus_message*) {});
  const std::string uuid = new_uuid();
  Follower follower(bus.address(), uuid);
  ASSERT_TRUE(support::eventually(within(support::kPatience), [&] { return follower.started(); }));
  TimedCaller caller(bus.address());
  const std::uint64_t seqnum = support::uevent_seqnum();
  const std::string owner = caller.owner();
  std::uint64_t expected = caller.last_sequence();
  for (int sent = 0; sent < kUevents; sent += kBurst) {
    support::trigger_uevents(support::kQuietDevice, kBurst);
    expected += kBurst;
    ASSERT_TRUE(support::eventually(
        within(kBurstPatience),
        [&] { return caller.last_sequence() >= expected && follower.taken() >= expected; }))
        << "after " << sent << " uevents; keventd says: " << keventd.error_output();
  }
  support::trigger_marked_uevent(support::kQuietDevice, uuid);
  follower.join();
  EXPECT_TRUE(follower.accounts().marked());
  EXPECT_EQ(follower.accounts().sequence_errors(), 0U);
  EXPECT_EQ(follower.accounts().missing_since(seqnum), 0U);
  EXPECT_EQ(follower.forgotten(), 0U);
  EXPECT_LE(caller.longest(), kLongestCall);
  EXPECT_NE(caller.owner(), owner) << "the sleeper was never felt: too few events";
}

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// Subscribers that never read, under a system bus's limits. dbus-daemon stops reading from whoever
// sends them more than 127 MiB; dbus-broker throws them out. Everybody else must not notice more
// than a few seconds of it.
//
// The sleepers are another user's: dbus-broker counts by user, and whichever of a user's
// connections is the next to get a message when the account is empty is thrown out.
//
// By default the events come as fast as they are taken, and just so many that the sleepers are
// felt. For the whole load: KEVENT_SLEEPER_UEVENTS=1000000 KEVENT_SLEEPER_RATE=20000 (in a second).
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/failure.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"
#include "tests/system/witness.h"

namespace kevent::system {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using support::BusConnection;
using support::BusKind;
using support::within;

// How many uevents are enough for dbus-daemon to stop reading, and for dbus-broker to throw the
// first one out.
constexpr std::uint64_t kUeventsForDaemon = 300'000;
constexpr std::uint64_t kUeventsForBroker = 200'000;
constexpr uid_t kOtherUser = 65534;
// What the socket of keventd and its log can hold.
constexpr std::uint64_t kBurst = 5'000;
constexpr milliseconds kLongestCall{6000};
constexpr std::chrono::minutes kBurstPatience{2};
// Between two calls.
constexpr milliseconds kPause{10};

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

support::Reply ask_driver(BusConnection& bus, const char* member, const std::string& argument) {
  return bus.call({"/org/freedesktop/DBus", "org.freedesktop.DBus", member, "org.freedesktop.DBus"},
                  "s", argument.c_str());
}

// Asks for LastSequence again and again in a thread of its own, and keeps the longest time that an
// answer took. A call that is under way when the service gives its connection up is answered too,
// by the bus, with NoReply; whoever asks again asks the new one.
class TimedCaller {
 public:
  explicit TimedCaller(const std::string& address) : bus_(address), thread_([this] { run(); }) {}
  ~TimedCaller() { stop(); }

  void stop() {
    stopping_ = true;
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  std::uint64_t last_sequence() const { return last_sequence_; }
  // After stop().
  milliseconds longest() const { return longest_; }
  const std::string& unexpected_error() const { return unexpected_error_; }

 private:
  void run() {
    while (!stopping_) {
      const auto start = steady_clock::now();
      const support::Reply reply =
          bus_.call({support::kManagerPath, "org.freedesktop.DBus.Properties", "Get"}, "ss",
                    support::kManagerInterface, "LastSequence");
      longest_ =
          std::max(longest_, std::chrono::duration_cast<milliseconds>(steady_clock::now() - start));
      if (reply.ok()) {
        last_sequence_ = reply.arguments[0]["data"];
      } else if (reply.error != "org.freedesktop.DBus.Error.NoReply") {
        unexpected_error_ = reply.error;
      }
      support::eventually(within(kPause), [this] { return stopping_.load(); });
    }
  }

  BusConnection bus_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> last_sequence_ = 0;
  milliseconds longest_{0};
  std::string unexpected_error_;
  std::thread thread_;
};

std::uint64_t anonymous_kib(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  std::string word;
  std::uint64_t kib = 0;
  while (status >> word && word != "RssAnon:") {
  }
  status >> kib;
  return kib;
}

// The bus, the service, two sleepers, two witnesses and a caller.
class Sleeper : public SystemTest, public ::testing::WithParamInterface<BusKind> {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    keventd_ = std::make_unique<support::Keventd>(bus_.address(), directory_ / "run");
    owner_ = owner();
    add_idle_connection();
    add_stopped_process();
    first_sequence_ = support::manager_property(driver_, "LastSequence");
    caller_ = std::make_unique<TimedCaller>(bus_.address());
  }

  // A connection that nobody processes.
  void add_idle_connection() {
    ASSERT_EQ(::seteuid(kOtherUser), 0);
    idle_ = std::make_unique<Witness>(bus_.address());
    ASSERT_EQ(::seteuid(0), 0);
    sleepers_.push_back(idle_->unique_name());
  }

  // A program that follows the events and is then stopped.
  void add_stopped_process() {
    stopped_ = std::make_unique<support::Process>(support::as_user(
        kOtherUser, {support::built_program("keventctl"), "--bus", bus_.address(), "monitor"}));
    ASSERT_TRUE(support::eventually(within(support::kPatience), [this] {
      support::trigger_uevents(support::kQuietDevice, 1);
      return !stopped_->output().empty();
    })) << stopped_->error_output();
    stopped_->signal(SIGSTOP);
    sleepers_.push_back(connection_of(stopped_->pid()));
  }

  std::string connection_of(pid_t pid) {
    const support::Reply names = driver_.call(
        {"/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", "org.freedesktop.DBus"});
    for (const std::string name : names.arguments[0]) {
      if (name.starts_with(":") &&
          ask_driver(driver_, "GetConnectionUnixProcessID", name).arguments[0] == pid) {
        return name;
      }
    }
    support::fail("process " + std::to_string(pid) + " is not on the bus");
  }

  // The connection that has the service's name.
  std::string owner() {
    return ask_driver(driver_, "GetNameOwner", support::kService).arguments.dump();
  }

  // Whether one of the sleepers, once woken, finds that its connection has ended.
  bool one_was_thrown_out() {
    stopped_->signal(SIGCONT);
    return support::eventually(within(support::kPatience), [this] {
      idle_->process();
      return std::ranges::any_of(sleepers_, [this](const std::string& name) {
        return ask_driver(driver_, "NameHasOwner", name).arguments[0] == support::Json(false);
      });
    });
  }

  // Reads, and lets the witnesses read, until `predicate` holds.
  bool witness_until(support::Deadline deadline, const std::function<bool()>& predicate) {
    return support::eventually(
        deadline,
        [&] {
          peak_kib_ = std::max(peak_kib_, anonymous_kib(keventd_->pid()));
          for (Witness& witness : witnesses_) {
            witness.process();
          }
          return predicate();
        },
        witnesses_.front().descriptor());
  }

  bool witnesses_have(std::uint64_t sequence) const {
    return std::ranges::all_of(
        witnesses_, [&](const Witness& witness) { return witness.last_sequence() >= sequence; });
  }

  // As fast as the witnesses take them.
  void send_in_step(std::uint64_t uevents) {
    for (std::uint64_t sent = 0; sent < uevents;) {
      support::trigger_uevents(support::kQuietDevice, kBurst);
      sent += kBurst;
      ASSERT_TRUE(witness_until(within(kBurstPatience),
                                [&] { return witnesses_have(first_sequence_ + sent); }))
          << "after " << sent << " uevents; keventd says: " << keventd_->error_output();
    }
  }

  void send_at_rate(std::uint64_t uevents, int rate) {
    support::UeventStorm storm(support::kQuietDevice, rate);
    while (storm.count() < uevents) {
      witness_until(within(kPause), [] { return false; });
    }
    const std::uint64_t last = first_sequence_ + storm.stop();
    ASSERT_TRUE(witness_until(within(kBurstPatience), [&] { return witnesses_have(last); }))
        << keventd_->error_output();
  }

  void send_all() {
    const auto start = steady_clock::now();
    const std::uint64_t uevents =
        from_environment("KEVENT_SLEEPER_UEVENTS",
                         GetParam() == BusKind::kDaemon ? kUeventsForDaemon : kUeventsForBroker);
    const auto rate = static_cast<int>(from_environment("KEVENT_SLEEPER_RATE", 0));
    if (rate == 0) {
      send_in_step(uevents);
    } else {
      send_at_rate(uevents, rate);
    }
    caller_->stop();
    const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
    RecordProperty("milliseconds", static_cast<int>(took.count()));
    RecordProperty("longest_call_ms", static_cast<int>(caller_->longest().count()));
    RecordProperty("peak_anonymous_kib", static_cast<int>(peak_kib_));
  }

  const support::PrivateBus bus_{GetParam()};
  const support::TemporaryDirectory directory_;
  std::unique_ptr<support::Keventd> keventd_;
  BusConnection driver_{bus_.address()};
  std::string owner_;
  std::vector<std::string> sleepers_;
  std::unique_ptr<Witness> idle_;
  std::unique_ptr<support::Process> stopped_;
  std::array<Witness, 2> witnesses_{Witness(bus_.address()), Witness(bus_.address())};
  std::uint64_t first_sequence_ = 0;
  std::unique_ptr<TimedCaller> caller_;
  std::uint64_t peak_kib_ = 0;
};

INSTANTIATE_TEST_SUITE_P(On, Sleeper, ::testing::Values(BusKind::kDaemon, BusKind::kBroker),
                         [](const auto& kind) { return support::bus_kind_name(kind.param); });

TEST_P(Sleeper, HarmsNobodyElse) {
  send_all();
  for (const Witness& witness : witnesses_) {
    EXPECT_EQ(witness.missed(), 0U);
    EXPECT_EQ(witness.losses(), 0U);
  }
  EXPECT_LE(caller_->longest(), kLongestCall);
  EXPECT_EQ(caller_->unexpected_error(), "") << keventd_->error_output();
  // That the sleepers were felt.
  if (GetParam() == BusKind::kDaemon) {
    EXPECT_NE(owner(), owner_) << "too few events";
  } else {
    EXPECT_EQ(owner(), owner_) << keventd_->error_output();
    EXPECT_TRUE(one_was_thrown_out()) << "too few events";
  }
}

}  // namespace
}  // namespace kevent::system

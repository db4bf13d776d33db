// SPDX-License-Identifier: LGPL-2.1-or-later
// Many subscribers at once, near the 256 connections that a system bus allows to one user.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "tests/support/loop_device.h"
#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using support::BusKind;
using support::within;

constexpr int kSubscribers = 200;

// Notes the sequences of one object's `change`.
class Subscriber {
 public:
  Subscriber(const std::string& address, const std::string& object) : bus_(address) {
    bus_.subscribe(
        "type='signal',sender='org.kernel.Events1',member='change',path='" + object + "'",
        [this](sd_bus_message* signal) {
          sd_bus_message_read(signal, "t", &heard_.emplace_back());
        });
  }

  // What was heard until now.
  const std::vector<std::uint64_t>& heard() {
    bus_.process();
    return heard_;
  }

 private:
  std::vector<std::uint64_t> heard_;
  support::BusConnection bus_;
};

class Subscribers : public SystemTest, public ::testing::WithParamInterface<BusKind> {};

INSTANTIATE_TEST_SUITE_P(On, Subscribers, ::testing::Values(BusKind::kDaemon, BusKind::kBroker),
                         [](const auto& kind) { return support::bus_kind_name(kind.param); });

TEST_P(Subscribers, HearAnEventOnceEach) {
  const support::PrivateBus bus(GetParam());
  const support::TemporaryDirectory directory;
  const support::Keventd keventd(bus.address(), directory / "run");
  const support::AddedLoopDevice loop;  // nobody else makes events for it
  std::deque<Subscriber> subscribers;
  for (int i = 0; i < kSubscribers; ++i) {
    subscribers.emplace_back(bus.address(), loop.object());
  }
  // The second event comes after all that the first one caused.
  for (std::size_t count = 1; count <= 2; ++count) {
    support::trigger_uevents(loop.kernel_path(), 1);
    ASSERT_TRUE(support::eventually(within(support::kPatience), [&] {
      return std::ranges::all_of(
          subscribers, [&](Subscriber& subscriber) { return subscriber.heard().size() >= count; });
    }));
  }
  const std::vector<std::uint64_t>& first = subscribers.front().heard();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_LT(first[0], first[1]);
  for (Subscriber& subscriber : subscribers) {
    EXPECT_EQ(subscriber.heard(), first);
  }
}

}  // namespace
}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// A clock that jumps under the running service: events carry what the clock says, and nothing else
// depends on it. The jump is made for keventd alone (clock_shift.c): the machine's own clock is not
// ours to set, and faketime would move the monotonic clock as well, or keep to its start.
#include "lib/base/clock.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <memory>
#include <string>

#include "tests/support/uevents.h"
#include "tests/system/service.h"

namespace kevent::system {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;

// Between the event and our look at the clock, at the very most.
constexpr microseconds kTolerance = support::kPatience;
constexpr hours kYear{365 * 24};

struct Jump {
  std::string name;
  seconds by;
};

class ClockJump : public SystemTest, public ::testing::WithParamInterface<Jump> {
 protected:
  void SetUp() override {
    SystemTest::SetUp();
    if (IsSkipped()) return;
    service_ = std::make_unique<Service>(support::KeventdOptions{
        .environment = {std::string("LD_PRELOAD=") + KEVENT_CLOCK_SHIFT_LIBRARY,
                        "KEVENT_CLOCK_SHIFT=" + (directory_ / "shift").string(),
                        // AddressSanitizer wants to be the first library otherwise.
                        "ASAN_OPTIONS=verify_asan_link_order=0"}});
  }

  const support::Heard& hear_a_uevent() {
    const std::string uuid = new_uuid();
    support::trigger_marked_uevent(support::kQuietDevice, uuid);
    return service_->hear({.interface = "Hotplug", .also = [&](const auto& heard) {
                             return is_marked(heard.details(), uuid);
                           }});
  }

  void jump() { std::ofstream(directory_ / "shift") << GetParam().by.count(); }

  // How far the event's time is from ours.
  static microseconds distance(const support::Heard& heard) {
    return microseconds(heard.time_us()) - microseconds(base::realtime_us());
  }

  support::TemporaryDirectory directory_;
  std::unique_ptr<Service> service_;
};

TEST_P(ClockJump, IsInTheTimesOfEventsAtOnce) {
  EXPECT_LT(abs(distance(hear_a_uevent())), kTolerance);
  jump();
  EXPECT_LT(abs(distance(hear_a_uevent()) - GetParam().by), kTolerance);
}

TEST_P(ClockJump, LeavesSequencesRising) {
  const std::uint64_t before = hear_a_uevent().sequence();
  jump();
  service_->settle();
  std::uint64_t expected = before;
  for (const support::Heard& heard : service_->tape.recorded()) {
    if (!heard.is_event() || heard.sequence() <= before) continue;
    EXPECT_EQ(heard.sequence(), ++expected);
  }
  EXPECT_GT(expected, before);
}

// Connecting anew waits on a timer.
TEST_P(ClockJump, KeepsNoTimerWaiting) {
  service_->settle();
  service_->bus.stop();
  jump();
  service_->bus.start();
  EXPECT_TRUE(support::eventually(support::within(support::kPatience), [this] {
    return service_->keventd.error_output().find("back on the bus") != std::string::npos;
  }));
}

const Jump kJumps[] = {
    {"AnHourBack", -hours(1)}, {"TenYearsForward", 10 * kYear}, {"TenYearsBack", -10 * kYear}};

INSTANTIATE_TEST_SUITE_P(Real, ClockJump, ::testing::ValuesIn(kJumps),
                         [](const auto& jump) { return jump.param.name; });

}  // namespace
}  // namespace kevent::system

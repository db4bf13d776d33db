// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl monitor, the program as a whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "cli/options.h"
#include "lib/terminal/exit_code.h"
#include "tests/cli/keventctl_fixture.h"

namespace kevent::cli {
namespace {

using nlohmann::json;
using test::loop_event;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(KeventctlAgainstAStandInService, MonitorsWhatHappensFromNowOn) {
  service_.happen(loop_event("before"));
  const auto process = monitor({"--count", "1"});
  service_.happen(loop_event("add"));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(process->output(),
            "2        2023-11-14 22:13:20.123  Hotplug  add                    "
            "/devices/virtual/block/loop0\n");
}

TEST_F(KeventctlAgainstAStandInService, PrintsEachEventAtOnce) {
  const auto process = monitor({"--json"});
  service_.happen(loop_event("add"));
  EXPECT_TRUE(says("\"add\"", [&] { return process->output(); }));
  EXPECT_TRUE(process->running());
}

TEST_F(KeventctlAgainstAStandInService, ReplaysTheLogSinceASequence) {
  for (int i = 0; i < 4; ++i) service_.happen_unheard(loop_event("add"));
  const auto outcome = run({"monitor", "--since", "2", "--count", "2", "--json"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(sequences_in(outcome.output), ElementsAre(3, 4));
}

TEST_F(KeventctlAgainstAStandInService, TellsWhatIsNoLongerInTheLog) {
  for (int i = 0; i < 5; ++i) service_.happen_unheard(loop_event("add"));
  service_.forget(3);
  const auto outcome = run({"monitor", "--since", "1", "--count", "1"});
  EXPECT_THAT(outcome.output, StartsWith("2 events were no longer in the log\n4 "));
}

TEST_F(KeventctlAgainstAStandInService, PicksEventsWhileItFollowsAll) {
  const auto process = monitor({"--since", "0", "--json", "--count", "2", "--group", "fs",
                                "--signal", "mount", "--object", kDisk, "--priority", "5"});
  event::Event wanted = loop_event("mount", event::Group::kFs);
  wanted.priority = 5;
  const auto but = [&](auto change) {
    event::Event other = wanted;
    change(other);
    service_.happen(other);
  };
  but([](event::Event& event) { event.group = event::Group::kHotplug; });
  but([](event::Event& event) { event.signal = "umount"; });
  but([](event::Event& event) { event.object = "/devices/virtual/block/loop1"; });
  but([](event::Event& event) { event.priority = 6; });
  but([](event::Event& event) { event.object = kPartition; });
  service_.happen(wanted);
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_THAT(sequences_in(process->output()), ElementsAre(5, 6));
}

TEST_F(KeventctlAgainstAStandInService, TellsOfLossWhateverThePick) {
  const auto process = monitor({"--json", "--count", "1", "--signal", "mount"});
  service_.happen(loop_event("add"));
  service_.happen(event::events_lost("uevent", 3, 1));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(json::parse(process->output())["signal"], "events_lost");
}

TEST_F(KeventctlAgainstAStandInService, FindsTheObjectOfADeviceNode) {
  add_objects();
  const auto process = monitor({"--json", "--count", "1", "--object", "/dev/loop0"});
  event::Event other = loop_event("add");
  other.object = kZone;
  service_.happen(other);
  service_.happen(loop_event("remove"));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_THAT(sequences_in(process->output()), ElementsAre(2));
}

TEST_F(KeventctlAgainstAStandInService, FollowsAnObjectThatIsGone) {
  const auto process = monitor({"--count", "1", "--object", std::string("/sys") + kDisk});
  service_.happen(loop_event("add"));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_THAT(process->error_output(), HasSubstr("is not there now"));
}

TEST_F(KeventctlAgainstAStandInService, KnowsNoDeviceNodeThatIsGone) {
  EXPECT_EQ(run({"monitor", "--object", "/dev/loop9"}).status, terminal::kNoSuchObject);
}

TEST_F(KeventctlAgainstAStandInService, EndsAfterItsTimeout) {
  const auto outcome = run({"monitor", "--timeout", "0.01"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(outcome.output, IsEmpty());
}

TEST_F(KeventctlAgainstAStandInService, SaysThatTheTimeoutCameBeforeTheCount) {
  EXPECT_EQ(run({"monitor", "--timeout", "0.01", "--count", "1"}).status, terminal::kTimedOut);
}

TEST_F(KeventctlAgainstAStandInService, EndsWellWhenItIsTold) {
  for (const int number : {SIGINT, SIGTERM}) {
    const auto process = monitor({"--json"});
    // With an event printed it has its signals in hand.
    service_.happen(loop_event("add"));
    ASSERT_TRUE(says("add", [&] { return process->output(); }));
    process->signal(number);
    EXPECT_EQ(process->wait(), terminal::kDone);
  }
}

TEST_F(KeventctlAgainstAStandInService, EndsQuietlyWhenItsReaderIsGone) {
  service_.happen(loop_event("add"));
  support::Process process({"sh", "-c", R"("$0" --bus "$1" monitor --since 0 | head -n 1)",
                            support::built_program("keventctl"), bus_.address()});
  EXPECT_EQ(process.wait(), 0);
  EXPECT_THAT(process.error_output(), IsEmpty());
}

TEST_F(KeventctlAgainstAStandInService, WaitsForAServiceThatIsAway) {
  const auto process = monitor({"--since", "0", "--json", "--count", "1"});
  service_.stop();
  const auto errors = [&] { return process->error_output(); };
  ASSERT_TRUE(says("keventctl: org.kernel.Events1 is away; waiting\n", errors));
  service_.start();
  ASSERT_TRUE(says("keventctl: org.kernel.Events1 is back\n", errors));
  service_.happen(loop_event("add"));
  EXPECT_EQ(process->wait(), terminal::kDone);
}

TEST_F(KeventctlAgainstAStandInService, TellsThatTheLogWasReplaced) {
  service_.happen(loop_event("add"));
  const auto process = monitor({"--since", "0", "--json", "--count", "2"});
  ASSERT_TRUE(says("add", [&] { return process->output(); }));
  service_.stop();
  service_.start_with_new_log(std::string(32, 'b'));
  service_.happen(loop_event("remove"));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(json::parse(lines_of(process->output()).at(1)), json({{"new_log", true}}));
}

TEST_F(KeventctlAgainstAStandInService, FailsWhenTheBusDies) {
  const auto process = monitor({});
  service_.happen(loop_event("add"));
  ASSERT_TRUE(says("add", [&] { return process->output(); }));
  bus_.stop();
  EXPECT_EQ(process->wait(), terminal::kNoService);
  EXPECT_THAT(process->error_output(), HasSubstr("the connection to the bus is gone"));
}

}  // namespace
}  // namespace kevent::cli

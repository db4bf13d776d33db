// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl on, the program as a whole: which events are handled when, how many at once, through
// outages and loss, and how it ends.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/options.h"
#include "lib/base/file_descriptor.h"
#include "lib/terminal/exit_code.h"
#include "tests/cli/keventctl_on_fixture.h"
#include "tests/support/bus_connection.h"

namespace kevent::cli {
namespace {

using support::Process;
using test::loop_event;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr uid_t kNobody = 65534;

// Where commands wait until the test lets them go on: each that reads a line from path().
class Gate {
 public:
  explicit Gate(const std::filesystem::path& path) : path_(path) {
    ::mkfifo(path.c_str(), 0600);
    fifo_ = base::FileDescriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  }

  void let_pass(std::size_t commands) {
    const std::string lines(commands, '\n');
    ASSERT_EQ(::write(fifo_.get(), lines.data(), lines.size()), std::ssize(lines));
  }

  // Shell that waits here.
  std::string wait() const { return "read line < '" + path_.string() + "'"; }

 private:
  std::filesystem::path path_;
  base::FileDescriptor fifo_;
};

class KeventctlOnAtAGate : public KeventctlOn {
 protected:
  Gate gate_{directory_ / "gate"};
};

TEST_F(KeventctlOn, PicksEventsAsMonitorDoes) {
  log(loop_event("add"));
  log(loop_event("mount", event::Group::kFs));
  log(event::events_lost("uevent", 3, 1));
  const auto outcome = run(on({"--since", "0", "--count", "2", "--group", "fs"},
                              shell("echo $KEVENT_SEQUENCE $KEVENT_SIGNAL")));
  EXPECT_THAT(lines_of(outcome.output), ElementsAre("2 mount", "3 events_lost"));
}

// O1
TEST_F(KeventctlOn, HandlesOneAfterTheOther) {
  log_events(20);
  const auto lines = lines_of(run_for_log(shell("echo $KEVENT_SEQUENCE; echo end")).output);
  ASSERT_THAT(lines, SizeIs(40));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i], i % 2 == 0 ? std::to_string(i / 2 + 1) : "end");
  }
}

// The greatest number of commands that had begun and not ended.
int most_at_once(const std::vector<std::string>& lines) {
  int running = 0;
  int most = 0;
  for (const std::string& line : lines) {
    running += line == "begin" ? 1 : -1;
    most = std::max(most, running);
  }
  return most;
}

// O1
TEST_F(KeventctlOnAtAGate, RunsAsManyAtOnceAsItIsTold) {
  log_events(8);
  const auto process = follow(on({"--since", "0", "--count", "8", "--jobs", "3"},
                                 shell("echo begin; " + gate_.wait() + "; echo end")));
  ASSERT_TRUE(says("begin\nbegin\nbegin\n", [&] { return process->output(); }));
  gate_.let_pass(8);
  ASSERT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(most_at_once(lines_of(process->output())), 3);
}

// O3
TEST_F(KeventctlOn, TellsTheCommandWhatIsNoLongerInTheLog) {
  log_events(5);
  service_.forget(3);
  const auto outcome = run(on({"--since", "1", "--count", "2", "--signal", "add"},
                              shell("echo $KEVENT_SIGNAL $KEVENT_SEQUENCE $KEVENT_DETAIL_SOURCE "
                                    "$KEVENT_DETAIL_COUNT")));
  EXPECT_THAT(lines_of(outcome.output), ElementsAre("events_lost 0 keventctl 2", "add 4"));
  EXPECT_THAT(outcome.error_output, HasSubstr("2 events were no longer in the log"));
}

// O3
TEST_F(KeventctlOn, TellsTheCommandThatTheLogWasReplaced) {
  log_events(1);
  const auto process = follow(
      on({"--since", "0", "--count", "2"}, shell("echo $KEVENT_SIGNAL $KEVENT_DETAIL_COUNT")));
  ASSERT_TRUE(says("add", [&] { return process->output(); }));
  service_.stop();
  service_.start_with_new_log(std::string(32, 'b'));
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_THAT(lines_of(process->output()), ElementsAre("add", "events_lost 0"));
}

// O2, O4: more events than are kept, and no command that could end and so go on with them.
TEST_F(KeventctlOn, GoesOnWhereNoProcessCanBeStarted) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may become a user who may start no process";
  log_events(1500);
  auto words = command(on({"--since", "0", "--count", "1500"}, {"true"}));
  words.insert(words.begin(), {"prlimit", "--nproc=0"});
  const auto outcome =
      support::run(support::as_user(kNobody, words), {"ASAN_OPTIONS=detect_leaks=0"});
  EXPECT_EQ(outcome.status, terminal::kDone);
  EXPECT_THAT(outcome.error_output, HasSubstr("event 1500: the command cannot be started"));
}

TEST_F(KeventctlOn, LeavesNoZombies) {
  log_events(4);
  const auto process = follow(on({"--since", "0", "--jobs", "2"}, {"echo", "x"}));
  ASSERT_TRUE(says("x\nx\nx\nx\n", [&] { return process->output(); }));
  const std::string pid = std::to_string(process->pid());
  EXPECT_TRUE(support::eventually(support::within(support::kPatience), [&] {
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    return children.peek() == std::ifstream::traits_type::eof();
  }));
}

class AnInterruptedCommand : public KeventctlOnAtAGate {
 protected:
  // One that has begun, while another event waits, and keventctl has been told to end.
  std::unique_ptr<Process> interrupted(const std::string& prelude = "") {
    log_events(2);
    auto process =
        follow(on({"--since", "0"}, shell(prelude + "echo begin; " + gate_.wait() + "; echo end")));
    EXPECT_TRUE(says("begin", [&] { return process->output(); }));
    process->signal(SIGTERM);
    EXPECT_TRUE(
        says("ends before event 2; go on with --since 1", [&] { return process->error_output(); }));
    return process;
  }
};

// O5
TEST_F(AnInterruptedCommand, IsWaitedFor) {
  const auto process = interrupted();
  gate_.let_pass(2);
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(process->output(), "begin\nend\n");
}

// O5
TEST_F(AnInterruptedCommand, IsEndedByASecondSignal) {
  const auto process = interrupted();
  process->signal(SIGINT);
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_THAT(process->error_output(), HasSubstr("signal 15 (Terminated)"));
}

// O5
TEST_F(AnInterruptedCommand, IsKilledWhenItDoesNotListen) {
  const auto process = interrupted("trap '' TERM; ");
  EXPECT_TRUE(support::eventually(support::within(support::kPatience), [&] {
    process->signal(SIGINT);
    return !process->running();
  }));
  EXPECT_THAT(process->error_output(), HasSubstr("signal 9 (Killed)"));
}

TEST_F(KeventctlOn, EndsAfterItsTimeout) {
  EXPECT_EQ(run(on({"--timeout", "0.01"}, {"true"})).status, terminal::kDone);
}

TEST_F(KeventctlOn, SaysThatTheTimeoutCameBeforeTheCount) {
  EXPECT_EQ(run(on({"--timeout", "0.01", "--count", "1"}, {"true"})).status, terminal::kTimedOut);
}

TEST_F(KeventctlOn, GoesOnWhenTheServiceIsBack) {
  log_events(1);
  const auto process = follow(on({"--since", "0", "--count", "2"}, shell("echo $KEVENT_SEQUENCE")));
  const auto errors = [&] { return process->error_output(); };
  ASSERT_TRUE(says("1\n", [&] { return process->output(); }));
  service_.stop();
  ASSERT_TRUE(says("org.kernel.Events1 is not on the bus (does keventd run?); waiting\n", errors));
  log_events(1);
  service_.start();
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(process->output(), "1\n2\n");
  EXPECT_THAT(errors(), HasSubstr("org.kernel.Events1 is back\n"));
}

TEST_F(KeventctlOn, GoesOnWhenTheBusIsBack) {
  log_events(1);
  const auto process = follow(on({"--since", "0", "--count", "2"}, shell("echo $KEVENT_SEQUENCE")));
  ASSERT_TRUE(says("1\n", [&] { return process->output(); }));
  service_.stop();
  bus_.stop();
  ASSERT_TRUE(says("; waiting\n", [&] { return process->error_output(); }));
  log_events(1);
  bus_.start();
  service_.start();
  EXPECT_EQ(process->wait(), terminal::kDone);
  EXPECT_EQ(process->output(), "1\n2\n");
}

class ACommandThatIsSlow : public KeventctlOnAtAGate {
 protected:
  // Of 1,500 events the first is at work until the gate opens.
  void SetUp() override {
    log_events(1500);
    process_ =
        follow(on({"--since", "0", "--count", "1600", "--signal", "add"},
                  shell("echo $KEVENT_SEQUENCE; test $KEVENT_SEQUENCE != 1 || " + gate_.wait())));
    ASSERT_TRUE(support::eventually(support::within(support::kPatience),
                                    [&] { return support::connections(observer_) == 2; }));
  }

  void pass_events(int count) {
    for (int i = 0; i < count; ++i) service_.happen(loop_event("change"));
  }

  // In pages.
  long memory() const {
    std::ifstream status("/proc/" + std::to_string(process_->pid()) + "/statm");
    long size = 0;
    long resident = 0;
    status >> size >> resident;
    return resident;
  }

  support::BusConnection observer_{bus_.address()};  // besides this one the service has one
  std::unique_ptr<Process> process_;
};

// O2
TEST_F(ACommandThatIsSlow, MakesNothingPileUp) {
  const long before = memory();
  pass_events(20'000);
  EXPECT_EQ(support::connections(observer_), 2U);
  EXPECT_LE(memory(), before + 256);
}

// O2
TEST_F(ACommandThatIsSlow, MissesNothingThatTheLogHolds) {
  pass_events(20'000);
  log_events(100);
  gate_.let_pass(1);
  ASSERT_EQ(process_->wait(support::within(std::chrono::minutes(1))), terminal::kDone)
      << process_->error_output();
  std::vector<std::string> expected;
  for (int i = 1; i <= 1500; ++i) expected.push_back(std::to_string(i));
  for (int i = 21'501; i <= 21'600; ++i) expected.push_back(std::to_string(i));
  EXPECT_EQ(lines_of(process_->output()), expected);
}

// O2, O3
TEST_F(ACommandThatIsSlow, IsToldWhatTheLogHasOverwritten) {
  log_events(100);
  service_.forget(1550);
  gate_.let_pass(1);
  ASSERT_TRUE(says("1551\n", [&] { return process_->output(); }));
  EXPECT_THAT(process_->error_output(), HasSubstr("events were no longer in the log"));
}

}  // namespace
}  // namespace kevent::cli

// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl on: runs the user's command for each event that passes the picks.
//
// Rules:
//   O1  Events are handled in their order; --jobs of them at once, so by default each one after the
//       end of the one before.
//   O2  The log is the queue. At most kMostWaiting events and what one more dispatch() brings are
//       kept here; with more the bus is left until half of them are gone.
//   O3  What the log no longer holds is told to the command too: as events_lost of the Source
//       "keventctl", with sequence 0. Each pick lets it pass, as every events_lost.
//   O4  A command that fails, or cannot be started for one event, is told on standard error.
//   O5  SIGINT, SIGTERM, --count and --timeout end the taking of events, and those at work are
//       waited for. The second signal ends these, the third kills them.
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/commands.h"
#include "cli/event_environment.h"
#include "cli/event_text.h"
#include "cli/job.h"
#include "lib/base/clock.h"
#include "lib/client/names.h"
#include "lib/client/watcher.h"
#include "lib/terminal/ending.h"
#include "lib/terminal/exit_code.h"
#include "lib/terminal/json_line.h"

namespace kevent::cli {
namespace {

constexpr std::size_t kMostWaiting = 1000;
constexpr char kOwnSource[] = "keventctl";

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  return environment;
}

class Hook {
 public:
  Hook(const Options& options, event::Filter filter, UserCommand command)
      : options_(options),
        filter_(std::move(filter)),
        command_(std::move(command)),
        environment_(own_environment()),
        watcher_(options.bus, options.since ? client::Follower::since(*options.since)
                                            : client::Follower::from_now()),
        signals_(terminal::take_signals({SIGINT, SIGTERM, SIGCHLD})),
        deadline_(options.timeout) {}

  int run() {
    for (;;) {
      if (!stopped_) work();
      if (stopped_ && running_.empty()) return exit_code_;
      wait();
      reap();
    }
  }

 private:
  struct Running {
    Job job;
    std::string about;
  };

  void work() {
    take_events();
    while (may_start()) start_next();
    if (waiting_.size() <= kMostWaiting / 2) watcher_.resume();
    if (count_reached()) return stop(terminal::kDone);
    if (deadline_.over()) stop(options_.count ? terminal::kTimedOut : terminal::kDone);
  }

  void take_events() {
    if (watcher_.paused()) return;
    for (client::Item& item : watcher_.dispatch()) take(item);
    say_whether_service_is_there();
    if (waiting_.size() >= kMostWaiting) watcher_.pause();
  }

  void take(client::Item& item) {
    if (auto* event = std::get_if<event::Event>(&item)) {
      if (filter_.matches(*event)) waiting_.push_back(std::move(*event));
      return;
    }
    note(item_line(item, false));
    const auto* overwritten = std::get_if<client::Overwritten>(&item);
    waiting_.push_back(
        event::events_lost(kOwnSource, overwritten ? overwritten->count : 0, base::realtime_us()));
  }

  bool may_start() const {
    return !waiting_.empty() && running_.size() < options_.jobs && !count_reached();
  }

  void start_next() {
    const client::Item item = std::move(waiting_.front());
    waiting_.pop_front();
    const auto& event = std::get<event::Event>(item);
    const std::string about = "event " + std::to_string(event.sequence) + ": ";
    const auto job = Job::start(command_, event_environment(event, environment_),
                                terminal::json_line(item_json(item)) + "\n");
    ++started_;
    if (job) {
      running_.push_back(Running{job.value(), about});
    } else {
      note(about + "the command cannot be started: " + job.error().message());
    }
  }

  bool count_reached() const { return started_ == options_.count; }

  void say_whether_service_is_there() {
    const std::string problem = watcher_.problem();
    if (problem == problem_) return;
    problem_ = problem;
    note(problem.empty() ? std::string(client::kServiceName) + " is back" : problem + "; waiting");
  }

  void wait() {
    pollfd signals = {.fd = signals_.get(), .events = POLLIN, .revents = 0};
    watcher_.wait(stopped_ ? std::nullopt : deadline_.remaining(), {&signals, 1});
    signalfd_siginfo signal{};
    while (::read(signals_.get(), &signal, sizeof signal) == sizeof signal) {
      if (signal.ssi_signo != SIGCHLD) interrupt();
    }
  }

  void interrupt() {
    stop(terminal::kDone);
    if (++interrupts_ == 1) return;
    for (const Running& running : running_)
      running.job.signal(interrupts_ == 2 ? SIGTERM : SIGKILL);
  }

  void stop(int exit_code) {
    if (stopped_) return;
    stopped_ = true;
    exit_code_ = exit_code;
    watcher_.pause();
    if (!waiting_.empty() && !count_reached()) say_how_to_go_on();
  }

  // Loss that was told as an event of our own has no sequence; it will be noticed once more.
  void say_how_to_go_on() {
    std::uint64_t next = 0;
    for (const event::Event& event : waiting_) {
      if (next == 0) next = event.sequence;
    }
    if (next == 0) return;
    note("ends before event " + std::to_string(next) + "; go on with --since " +
         std::to_string(next - 1));
  }

  void reap() {
    std::erase_if(running_, [](const Running& running) {
      const std::optional<int> status = running.job.reap();
      if (!status) return false;
      const std::string failure = failure_text(*status);
      if (!failure.empty()) note(running.about + "the command failed: " + failure);
      return true;
    });
  }

  const Options& options_;
  event::Filter filter_;
  UserCommand command_;
  std::vector<std::string> environment_;
  client::Watcher watcher_;
  base::FileDescriptor signals_;
  terminal::Deadline deadline_;
  std::deque<event::Event> waiting_;
  std::vector<Running> running_;
  std::uint64_t started_ = 0;
  std::string problem_;  // as it was told last
  bool stopped_ = false;
  int exit_code_ = terminal::kDone;
  int interrupts_ = 0;
};

// Whether there is a service is known at the start; from then on it is waited for.
event::Filter filter_from_service(const Options& options) {
  client::BusClient client(options.bus);
  client.require_service();
  return filter_of(client, options);
}

}  // namespace

int on(const Options& options) {
  const auto program = find_program(options.user_command.front());
  if (!program) {
    note(program.error().message());
    return program.error().code == EACCES ? terminal::kNotExecutable : terminal::kNoCommand;
  }
  // A parent that ignores it would have the kernel reap our children.
  std::signal(SIGCHLD, SIG_DFL);
  return Hook(options, filter_from_service(options), {program.value(), options.user_command}).run();
}

}  // namespace kevent::cli

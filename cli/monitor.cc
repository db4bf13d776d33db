// SPDX-License-Identifier: LGPL-2.1-or-later
// keventctl monitor: follows the whole stream, since only that one shows its gaps, and picks from
// it what was asked for.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <string>
#include <variant>

#include "cli/commands.h"
#include "lib/client/event_stream.h"
#include "lib/client/names.h"
#include "lib/terminal/ending.h"
#include "lib/terminal/exit_code.h"

namespace kevent::cli {
namespace {

class Monitor {
 public:
  Monitor(client::BusClient& client, const Options& options, Output& output)
      : options_(options),
        output_(output),
        filter_(filter_of(client, options)),
        follower_(options.since ? client::Follower::since(*options.since)
                                : client::Follower::from_now()),
        stream_(client, follower_),
        deadline_(options.timeout) {}

  int run() {
    const base::FileDescriptor signals = terminal::take_signals({SIGINT, SIGTERM});
    // No events are asked of standard output: poll() tells when its reader has gone.
    std::array<pollfd, 2> others = {{{.fd = signals.get(), .events = POLLIN, .revents = 0},
                                     {.fd = STDOUT_FILENO, .events = 0, .revents = 0}}};
    while (!print(stream_.dispatch())) {
      say_whether_service_is_there();
      if (deadline_.over()) return options_.count ? terminal::kTimedOut : terminal::kDone;
      stream_.wait(deadline_.remaining(), others);
      if (others[0].revents != 0 || others[1].revents != 0) return terminal::kDone;
    }
    return terminal::kDone;
  }

 private:
  // True when --count events have been printed.
  bool print(const std::vector<client::Item>& items) {
    for (const client::Item& item : items) {
      const auto* event = std::get_if<event::Event>(&item);
      if (event != nullptr && !filter_.matches(*event)) continue;
      output_.item(item);
      if (event != nullptr && ++printed_ == options_.count) return true;
    }
    return false;
  }

  void say_whether_service_is_there() {
    const bool present = stream_.service_present();
    if (present == was_present_) return;
    was_present_ = present;
    note(std::string(client::kServiceName) + (present ? " is back" : " is away; waiting"));
  }

  const Options& options_;
  Output& output_;
  event::Filter filter_;
  client::Follower follower_;
  client::EventStream stream_;
  terminal::Deadline deadline_;
  std::uint64_t printed_ = 0;
  bool was_present_ = true;
};

}  // namespace

int monitor(client::BusClient& client, const Options& options, Output& output) {
  return Monitor(client, options, output).run();
}

}  // namespace kevent::cli

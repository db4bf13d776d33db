// SPDX-License-Identifier: LGPL-2.1-or-later
// kevent-automount: has udisks2 mount what the kernel says was plugged in. The loop, its end by a
// signal, and standard output.
#include <poll.h>

#include <array>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "automount/options.h"
#include "automount/session.h"
#include "lib/event/text.h"
#include "lib/terminal/ending.h"
#include "lib/terminal/exit_code.h"
#include "lib/terminal/json_line.h"

namespace kevent::automount {
namespace {

using Clock = std::chrono::steady_clock;

void complain(const std::string& text) {
  std::cerr << "kevent-automount: " << event::display_text(text) << std::endl;
}

void print(const Notice& notice, bool json) {
  std::cout << (json ? terminal::json_line(notice_json(notice)) : notice_line(notice)) << std::endl;
  if (!std::cout) throw std::runtime_error("standard output cannot be written");
}

void run_until_signal(Session& session, bool json) {
  const base::FileDescriptor signals = terminal::take_signals({SIGINT, SIGTERM});
  std::array<pollfd, 1> others = {{{.fd = signals.get(), .events = POLLIN, .revents = 0}}};
  while (others[0].revents == 0) {
    for (const Notice& notice : session.step(Clock::now())) print(notice, json);
    session.wait(Clock::now(), others);
  }
}

int run(const Options& options) try {
  base::Result<Rules> rules = Rules::load(options.rules.empty() ? default_rules() : options.rules);
  if (!rules) {
    complain(rules.error().message());
    return terminal::kUsage;
  }
  Session session(options.bus, *std::move(rules));
  run_until_signal(session, options.json);
  return terminal::kDone;
} catch (const std::exception& error) {
  complain(error.what());
  return terminal::kFailed;
}

}  // namespace
}  // namespace kevent::automount

int main(int argc, char** argv) {
  // Whoever reads our output may stop at any time, also where our parent ignores the signal.
  std::signal(SIGPIPE, SIG_DFL);
  const auto parsed = kevent::automount::parse_options(argc, argv);
  if (const int* code = std::get_if<int>(&parsed)) return *code;
  return kevent::automount::run(std::get<kevent::automount::Options>(parsed));
}

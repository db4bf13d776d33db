// SPDX-License-Identifier: LGPL-2.1-or-later
// keventd: starts everything in order, and ends it.
#include <malloc.h>
#include <systemd/sd-daemon.h>

#include <chrono>
#include <optional>

#include "lib/base/files.h"
#include "lib/base/logging.h"
#include "service/app/exit_code.h"
#include "service/app/main_loop.h"
#include "service/app/options.h"
#include "service/app/privileges.h"
#include "service/app/service.h"

namespace kevent::app {
namespace {

constexpr char kBootId[] = "/proc/sys/kernel/random/boot_id";

int fail(int exit_code, const base::Error& error) {
  base::log_error(error.message());
  return exit_code;
}

// Tells systemd's watchdog that the loop turns, at half the time that it allows.
class Watchdog {
 public:
  Watchdog() : timer_([this] { feed(); }) {
    std::uint64_t period_us = 0;
    if (::sd_watchdog_enabled(0, &period_us) <= 0) return;
    period_ = std::chrono::milliseconds(period_us / 2000);
    feed();
  }

 private:
  void feed() {
    ::sd_notify(0, "WATCHDOG=1");
    timer_.start(period_);
  }

  std::chrono::milliseconds period_{0};
  Timer timer_;
};

int run(const Options& options) {
  const auto boot_id = base::read_attribute(kBootId);
  if (!boot_id) return fail(kExitFailure, boot_id.error());
  auto recorder = log::Recorder::open(options.runtime_directory, options.log_size, *boot_id);
  if (!recorder) {
    return fail(recorder.error().code == EBUSY ? kExitInUse : kExitFailure, recorder.error());
  }
  MainLoop loop;
  Service service(options, std::move(recorder).value(), loop);
  service.start_sources();
  if (const auto given_up = give_up_privileges(); !given_up) {
    return fail(kExitFailure, given_up.error());
  }
  service.connect([&service] {
    base::log_info(service.summary());
    // Reading the devices took memory that is not needed again.
    ::malloc_trim(0);
    ::sd_notify(0, "READY=1");
  });
  const Watchdog watchdog;
  const int exit_code = loop.run();
  ::sd_notify(0, "STOPPING=1");
  service.save();
  return exit_code;
}

}  // namespace
}  // namespace kevent::app

int main(int argc, char** argv) {
  using namespace kevent::app;
  const auto options = parse_options(argc, argv);
  if (const int* exit_code = std::get_if<int>(&options)) return *exit_code;
  return run(std::get<Options>(options));
}

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "bench/contestant.h"

#include <signal.h>

#include <utility>

#include "tests/support/failure.h"
#include "tests/support/keventd.h"

namespace kevent::bench {

double microseconds(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

Contestant::Contestant(const std::string& bus_address, std::string name,
                       const std::vector<std::string>& command,
                       const std::vector<std::string>& environment)
    : name_(std::move(name)), bus_(bus_address) {
  bus_.subscribe(
      "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + name_ + "'",
      [this](sd_bus_message* message) {
        const char* old_owner = nullptr;
        const char* new_owner = nullptr;
        sd_bus_message_read(message, "sss", nullptr, &old_owner, &new_owner);
        owned_ = *new_owner != '\0';
        changed_ = Clock::now();
      });
  const auto start = Clock::now();
  process_ = std::make_unique<support::Process>(command, environment);
  if (!bus_.process_until(support::within(support::kPatience),
                          [this] { return owned_ || !process_->running(); }) ||
      !owned_) {
    support::fail(command.front() + " does not take its name: " + process_->error_output());
  }
  start_time_ = changed_ - start;
}

Contestant::~Contestant() {
  process_->signal(SIGKILL);
  bus_.process_until(support::within(support::kPatience), [this] { return !owned_; });
}

void Contestant::check_running() const {
  if (const auto status = process_->wait(support::within({}))) {
    support::fail(name_ + " has ended with " + std::to_string(*status) + ": " + error_output());
  }
}

Floor::Floor(const std::string& bus_address)
    : Contestant(bus_address, kFloor, {support::built_program("floor"), bus_address}) {}

FreshKeventd::FreshKeventd(const std::string& bus_address)
    : service_(bus_address, support::kService,
               support::keventd_command(bus_address, directory_ / "run")) {}

}  // namespace kevent::bench

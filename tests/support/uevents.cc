// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/uevents.h"

#include <fcntl.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string_view>

#include "tests/support/failure.h"

namespace kevent::support {
namespace {

constexpr int kTicksPerSecond = 100;
constexpr long kTickNanoseconds = 1'000'000'000L / kTicksPerSecond;

base::FileDescriptor open_uevent(const std::string& kernel_path) {
  const std::string path = "/sys" + kernel_path + "/uevent";
  base::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.valid()) {
    fail_with_errno(path);
  }
  return file;
}

bool write_text(const base::FileDescriptor& file, std::string_view text) {
  return ::pwrite(file.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

base::FileDescriptor ticking_timer() {
  base::FileDescriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  itimerspec every{};
  every.it_value.tv_nsec = kTickNanoseconds;
  every.it_interval.tv_nsec = kTickNanoseconds;
  if (!timer.valid() || ::timerfd_settime(timer.get(), 0, &every, nullptr) != 0) {
    fail_with_errno("timerfd");
  }
  return timer;
}

}  // namespace

std::uint64_t uevent_seqnum() {
  std::uint64_t number = 0;
  std::ifstream("/sys/kernel/uevent_seqnum") >> number;
  return number;
}

void trigger_uevents(const std::string& kernel_path, int count, const std::string& text) {
  const base::FileDescriptor uevent = open_uevent(kernel_path);
  for (int i = 0; i < count; ++i) {
    if (!write_text(uevent, text)) {
      fail_with_errno("writing to the uevent file of " + kernel_path);
    }
  }
}

void trigger_marked_uevent(const std::string& kernel_path, const std::string& uuid) {
  if (!write_text(open_uevent(kernel_path), "change " + uuid)) {
    fail_with_errno("writing to the uevent file of " + kernel_path);
  }
}

UeventStorm::UeventStorm(const std::string& kernel_path, int per_second)
    : uevent_(open_uevent(kernel_path)), timer_(ticking_timer()) {
  const auto per_tick = static_cast<std::uint64_t>(std::max(1, per_second / kTicksPerSecond));
  thread_ = std::thread([this, per_tick] { run(per_tick); });
}

std::uint64_t UeventStorm::stop() {
  stopping_ = true;
  if (thread_.joinable()) {
    thread_.join();
  }
  return count_;
}

void UeventStorm::run(std::uint64_t per_tick) {
  std::uint64_t ticks = 0;
  while (!stopping_ && ::read(timer_.get(), &ticks, sizeof ticks) == sizeof ticks) {
    for (std::uint64_t i = 0; i < ticks * per_tick && !stopping_; ++i) {
      count_ += write_text(uevent_, "change") ? 1U : 0U;
    }
  }
}

}  // namespace kevent::support

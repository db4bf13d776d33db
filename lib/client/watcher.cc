// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/client/watcher.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "lib/client/names.h"

namespace kevent::client {
namespace {

using std::chrono::milliseconds;

void sleep_on(std::span<pollfd> descriptors, std::optional<milliseconds> timeout) {
  constexpr long long kMost = std::numeric_limits<int>::max();
  const int timeout_ms =
      timeout ? static_cast<int>(std::clamp<long long>(timeout->count(), 0, kMost)) : -1;
  if (::poll(descriptors.data(), descriptors.size(), timeout_ms) < 0 && errno != EINTR) {
    throw std::system_error(errno, std::system_category(), "poll");
  }
}

}  // namespace

Watcher::Watcher(std::string bus, Follower follower)
    : bus_(std::move(bus)), follower_(std::move(follower)) {}

Watcher::~Watcher() = default;

std::vector<Item> Watcher::dispatch() {
  try {
    if (!stream_ && !paused_ && Clock::now() >= try_at_) connect();
    if (!stream_) return follower_.take();
    std::vector<Item> items = stream_->dispatch();
    if (!items.empty()) delay_ = kFirstDelay;
    return items;
  } catch (const Failure& failure) {
    give_up(failure.what());
    return follower_.take();
  }
}

void Watcher::wait(std::optional<milliseconds> timeout, std::span<pollfd> others) {
  if (stream_) return stream_->wait(timeout, others);
  if (paused_) return sleep_on(others, timeout);
  const auto until_next = std::chrono::ceil<milliseconds>(try_at_ - Clock::now());
  const milliseconds most = std::max(until_next, milliseconds::zero());
  sleep_on(others, timeout ? std::min(*timeout, most) : most);
}

void Watcher::pause() {
  paused_ = true;
  leave();
}

Presence Watcher::presence() const {
  if (!stream_) return Presence::kNoBus;
  return stream_->service_present() ? Presence::kPresent : Presence::kNoService;
}

std::string Watcher::problem() const {
  switch (presence()) {
    case Presence::kNoBus:
      return paused_ ? "paused" : problem_;
    case Presence::kNoService:
      return std::string(kServiceName) + " is not on the bus (does keventd run?)";
    case Presence::kPresent:
      break;
  }
  return {};
}

void Watcher::connect() {
  auto client = std::make_shared<BusClient>(bus_);
  stream_ =
      std::make_unique<EventStream>(*client, follower_, EventStream::AtStart::kWaitForService);
  client_ = std::move(client);
}

void Watcher::leave() {
  stream_.reset();
  client_.reset();
  follower_.owner_changed(false);
}

void Watcher::give_up(const std::string& problem) {
  problem_ = problem;
  leave();
  try_at_ = Clock::now() + delay_;
  delay_ = std::min(delay_ * 2, kLongestDelay);
}

}  // namespace kevent::client

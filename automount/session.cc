// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/session.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kevent::automount {

using std::chrono::milliseconds;

Session::Session(const std::string& bus, Rules rules)
    : watcher_(bus, client::Follower::from_now()), automounter_(std::move(rules)) {}

// Where a request finds that the connection is gone, the next dispatch() finds it, too, and says
// so.
std::vector<Notice> Session::step(Time now) {
  const std::vector<client::Item> items = watcher_.dispatch();
  if (!follows_ && watcher_.follows()) {
    follows_ = true;
    automounter_.follows(now);
  }
  for (const client::Item& item : items) automounter_.happened(item, now);
  automounter_.passed(now);
  try {
    connect(now);
    exchange_with_udisks(now);
  } catch (const sdbus::Error&) {
  }
  std::vector<Notice> notices = automounter_.take_notices();
  if (auto notice = what_is_missing()) notices.push_back(*std::move(notice));
  return notices;
}

void Session::wait(Time now, std::span<pollfd> others) {
  std::optional<milliseconds> timeout;
  if (const auto next = automounter_.next()) {
    timeout = std::max(std::chrono::ceil<milliseconds>(*next - now), milliseconds::zero());
  }
  watcher_.wait(timeout, others);
}

void Session::connect(Time now) {
  if (connected_ == watcher_.client()) return;
  connected_ = watcher_.client();
  udisks_.reset();
  udisks_there_.reset();
  automounter_.said(Absent{}, now);
  if (connected_) udisks_ = std::make_unique<Udisks>(connected_);
}

void Session::exchange_with_udisks(Time now) {
  if (!udisks_) return;
  for (const Word& word : udisks_->take()) {
    if (std::holds_alternative<Present>(word)) udisks_there_ = true;
    if (std::holds_alternative<Absent>(word)) udisks_there_ = false;
    automounter_.said(word, now);
  }
  for (const Request& request : automounter_.take_requests()) udisks_->request(request);
}

// The reasons for what is missing may change from one attempt to the next: the first is told.
std::optional<Notice> Session::what_is_missing() {
  const client::Presence service = watcher_.presence();
  const bool service_there = service == client::Presence::kPresent;
  if (service_there && (!follows_ || !udisks_there_)) return std::nullopt;
  const Needs needs{service, !service_there || *udisks_there_};
  if (needs == said_) return std::nullopt;
  said_ = needs;
  if (!service_there) return Notice{Notice::Kind::kWaiting, {}, watcher_.problem()};
  if (needs.udisks) return Notice{Notice::Kind::kReady, {}, {}};
  const std::string reason = std::string(kUdisks) + " is not on the bus (is udisks2 installed?)";
  return Notice{Notice::Kind::kWaiting, {}, reason};
}

}  // namespace kevent::automount

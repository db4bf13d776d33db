// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/gui/stand_in_notifications.h"

#include <utility>

namespace kevent::test {
namespace {

constexpr char kName[] = "org.freedesktop.Notifications";
constexpr char kPath[] = "/org/freedesktop/Notifications";

}  // namespace

StandInNotifications::StandInNotifications(std::string address,
                                           std::vector<std::string> capabilities)
    : address_(std::move(address)), capabilities_(std::move(capabilities)) {
  start();
}

StandInNotifications::~StandInNotifications() {
  stop();
}

void StandInNotifications::start() {
  connection_ = sdbus::createSessionBusConnectionWithAddress(address_);
  serve();
  connection_->requestName(kName);
  loop_ = std::thread([this] {
    try {
      connection_->enterEventLoop();
    } catch (const sdbus::Error&) {
      // The test has stopped the bus.
    }
  });
}

void StandInNotifications::stop() {
  if (loop_.joinable()) {
    connection_->leaveEventLoop();
    loop_.join();
  }
  const std::lock_guard lock(mutex_);
  held_.clear();
  object_.reset();
  connection_.reset();
  last_id_ += 1000;
}

void StandInNotifications::hold() {
  const std::lock_guard lock(mutex_);
  holds_ = true;
}

void StandInNotifications::answer() {
  const std::lock_guard lock(mutex_);
  holds_ = false;
  for (auto& [call, id] : held_) reply(call, id);
  held_.clear();
}

std::vector<Notified> StandInNotifications::notified() const {
  const std::lock_guard lock(mutex_);
  return notified_;
}

std::vector<std::uint32_t> StandInNotifications::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

int StandInNotifications::asked_for_capabilities() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

void StandInNotifications::tell_closed(std::uint32_t id, std::uint32_t reason) {
  auto signal = object_->createSignal(kName, "NotificationClosed");
  signal << id << reason;
  signal.send();
}

void StandInNotifications::tell_invoked(std::uint32_t id, const std::string& action) {
  auto signal = object_->createSignal(kName, "ActionInvoked");
  signal << id << action;
  signal.send();
}

void StandInNotifications::serve() {
  object_ = sdbus::createObject(*connection_, kPath);
  object_->registerMethod(kName, "Notify", "susssasa{sv}i", "u",
                          [this](sdbus::MethodCall call) { notify(std::move(call)); });
  object_->registerMethod("GetCapabilities").onInterface(kName).implementedAs([this] {
    const std::lock_guard lock(mutex_);
    ++asked_;
    return capabilities_;
  });
  object_->registerMethod("CloseNotification")
      .onInterface(kName)
      .implementedAs([this](std::uint32_t id) {
        const std::lock_guard lock(mutex_);
        closed_.push_back(id);
      });
  object_->finishRegistration();
}

void StandInNotifications::notify(sdbus::MethodCall call) {
  Notified notified;
  std::string application;
  call >> application >> notified.replaces >> notified.icon >> notified.title >> notified.body >>
      notified.actions >> notified.hints >> notified.timeout;
  const std::lock_guard lock(mutex_);
  notified.id = notified.replaces != 0 ? notified.replaces : ++last_id_;
  notified_.push_back(notified);
  if (holds_) {
    held_.emplace_back(std::move(call), notified.id);
  } else {
    reply(call, notified.id);
  }
}

void StandInNotifications::reply(sdbus::MethodCall& call, std::uint32_t id) {
  auto reply = call.createReply();
  reply << id;
  reply.send();
}

}  // namespace kevent::test

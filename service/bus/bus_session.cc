// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/bus/bus_session.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <utility>

#include "lib/base/logging.h"
#include "lib/event/object_path.h"
#include "service/bus/errors.h"
#include "service/bus/message.h"
#include "service/bus/raw_bus.h"

namespace kevent::bus {
namespace {

using std::chrono::microseconds;

constexpr char kDriver[] = "org.freedesktop.DBus";
constexpr char kDriverPath[] = "/org/freedesktop/DBus";
// How long the bus driver, or another owner of our name, may take for an answer.
constexpr std::uint64_t kDriverTimeoutUs = 5'000'000;
constexpr std::uint64_t kPingTimeoutUs = 1'000'000;
// None for a confirmation: whoever waits for it gives the session up when it does not come. A
// timeout of sd-bus's comes and goes with each batch, and each time wakes the loop once more.
constexpr std::uint64_t kConfirmTimeoutUs = UINT64_MAX;

// D-Bus specification, RequestName.
constexpr std::uint32_t kAllowReplacement = 1;
constexpr std::uint32_t kReplaceExisting = 2;
constexpr std::uint32_t kPrimaryOwner = 1;
constexpr std::uint32_t kAlreadyOwner = 4;

std::unique_ptr<sdbus::IConnection> connect(const std::string& bus) {
  if (bus == "system") return sdbus::createSystemBusConnection();
  if (bus == "session") return sdbus::createSessionBusConnection();
  // sd-bus authenticates and says Hello() the same way, whichever bus it is told this is.
  return sdbus::createSessionBusConnectionWithAddress(bus);
}

// Calls `method` of the bus driver with one string.
sdbus::MethodReply ask_driver(sdbus::IProxy& driver, const char* method, const std::string& name) {
  auto call = driver.createMethodCall(kDriver, method);
  call << name;
  return driver.callMethod(call, kDriverTimeoutUs);
}

base::Error as_error(const std::string& what, const sdbus::Error& error) {
  return {0, what + ": " + error.getMessage() + " (" + error.getName() + ")"};
}

}  // namespace

base::Result<std::unique_ptr<BusSession>> BusSession::open(const std::string& bus,
                                                           const SessionContext& context) {
  try {
    std::unique_ptr<BusSession> session(new BusSession(connect(bus)));
    if (auto status = session->check_owner(); !status) return status.error();
    session->export_objects(context);
    if (auto status = session->take_name(context); !status) return status.error();
    return session;
  } catch (const sdbus::Error& error) {
    return as_error("connect to the bus \"" + bus + "\"", error);
  }
}

BusSession::BusSession(std::unique_ptr<sdbus::IConnection> connection)
    : connection_(std::move(connection)),
      raw_(raw_bus(*connection_)),
      driver_(sdbus::createProxy(*connection_, kDriver, kDriverPath)) {}

void BusSession::export_objects(const SessionContext& context) {
  manager_ = std::make_unique<Manager>(*connection_, context.manager);
  tree_ = std::make_unique<DeviceTree>(*connection_,
                                       DeviceContext{context.manager.sysfs, context.state});
}

// After kill -9 the name may still be held by a dead connection, and after a stall by our own:
// these are replaced. An owner that answers is another keventd, which is not.
base::Status BusSession::check_owner() {
  std::string owner;
  try {
    ask_driver(*driver_, "GetNameOwner", kBusName) >> owner;
  } catch (const sdbus::Error& error) {
    if (error.getName() == "org.freedesktop.DBus.Error.NameHasNoOwner") return base::Done{};
    throw;
  }
  std::uint32_t pid = 0;
  try {
    ask_driver(*driver_, "GetConnectionUnixProcessID", owner) >> pid;
    if (pid == static_cast<std::uint32_t>(::getpid())) return base::Done{};
    const auto proxy = sdbus::createProxy(*connection_, owner, "/");
    auto ping = proxy->createMethodCall("org.freedesktop.DBus.Peer", "Ping");
    proxy->callMethod(ping, kPingTimeoutUs);
  } catch (const sdbus::Error&) {
    return base::Done{};  // it is gone, or does not answer
  }
  return base::Error{EADDRINUSE, std::string(kBusName) + " is owned by process " +
                                     std::to_string(pid) + ", another keventd on this bus"};
}

base::Status BusSession::take_name(const SessionContext& context) {
  follow_name("NameLost", context.name_lost);
  follow_name("NameAcquired", context.name_acquired);
  auto call = driver_->createMethodCall(kDriver, "RequestName");
  call << kBusName << (kAllowReplacement | kReplaceExisting);
  std::uint32_t result = 0;
  driver_->callMethod(call, kDriverTimeoutUs) >> result;
  if (result == kPrimaryOwner || result == kAlreadyOwner) return base::Done{};
  return base::Error{EADDRINUSE, std::string(kBusName) + " is owned by another process"};
}

void BusSession::follow_name(const std::string& signal, const std::function<void()>& callback) {
  connection_->addMatch(
      std::string("type='signal',sender='") + kDriver + "',member='" + signal + "',arg0='" +
          kBusName + "'",
      [callback](sdbus::Message& message) {
        // sd-bus does not hold a message to the rule's sender, and anybody may send us a signal.
        if (message.getSender() == kDriver) guarded(callback);
      },
      sdbus::floating_slot);
}

// sd-bus writes out what it has queued before it closes a connection, without a timeout. A bus that
// does not read would keep us here for ever, so there is nothing left to write to.
BusSession::~BusSession() {
  ::shutdown(poll_data().fd, SHUT_RDWR);
}

sdbus::IConnection::PollData BusSession::poll_data() {
  try {
    return connection_->getEventLoopPollData();
  } catch (const sdbus::Error& error) {
    fail("the bus has gone away", error);
    return {-1, 0, 0};
  }
}

bool BusSession::can_process() {
  const auto data = poll_data();
  if ((data.events & POLLOUT) == 0) return true;
  pollfd writable{data.fd, POLLOUT, 0};
  return ::poll(&writable, 1, 0) > 0;
}

void BusSession::give_up(const std::string& why) {
  if (!broken_) base::log_warning(why + ": starting over with a new connection");
  broken_ = true;
}

bool BusSession::process() {
  if (broken_) return false;
  try {
    return connection_->processPendingRequest();
  } catch (const sdbus::Error& error) {
    fail("the bus has gone away", error);
    return false;
  }
}

void BusSession::publish(const event::Event& event) {
  if (broken_) return;
  try {
    tree_->before(event);
    send_event(raw_, event);
    tree_->after(event);
  } catch (const sdbus::Error& error) {
    // Names and text are made legal before they come here, so a message that can't be made is a
    // defect; to go round with it for ever would make it worse.
    if (error.getName() == SD_BUS_ERROR_INVALID_ARGS) {
      base::log_error("event " + std::to_string(event.sequence) +
                      " can't be sent: " + error.what());
      return;
    }
    fail("send a signal", error);
  }
}

void BusSession::confirm(std::function<void()> answered) {
  if (broken_) return;
  try {
    auto call = driver_->createMethodCall(kDriver, "GetId");
    driver_->callMethod(
        call,
        [answered = std::move(answered)](sdbus::MethodReply&, const sdbus::Error* error) {
          if (error == nullptr) guarded(answered);
        },
        kConfirmTimeoutUs);
  } catch (const sdbus::Error& error) {
    fail("ask the bus", error);
  }
}

void BusSession::refresh(const std::string& object) {
  if (broken_) return;
  try {
    tree_->refresh(object);
  } catch (const sdbus::Error& error) {
    fail("send a signal", error);
  }
}

void BusSession::fail(const std::string& what, const sdbus::Error& error) {
  if (!broken_) base::log_warning(as_error(what, error).message());
  broken_ = true;
}

}  // namespace kevent::bus

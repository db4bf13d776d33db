// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/client/event_stream.h"

#include <sdbus-c++/sdbus-c++.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "lib/client/message.h"
#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::client {
namespace {

constexpr char kBusDriver[] = "org.freedesktop.DBus";
// Messages that one dispatch() handles, so that its caller gets to print what came, and to stop.
constexpr int kBudget = 256;

// Who owns the service's name now; empty: nobody.
std::string name_owner(sdbus::IConnection& connection) {
  const auto proxy = sdbus::createProxy(connection, kBusDriver, "/org/freedesktop/DBus");
  auto call = proxy->createMethodCall(kBusDriver, "GetNameOwner");
  call << std::string(kServiceName);
  try {
    auto reply = proxy->callMethod(call);
    std::string owner;
    reply >> owner;
    return owner;
  } catch (const sdbus::Error& error) {
    if (error.getName() == "org.freedesktop.DBus.Error.NameHasNoOwner") return {};
    throw;
  }
}

}  // namespace

// Subscribe first: what happens from here on is either in the answers or among the signals. A
// service that owns its name is not asked whether it is there: it may take its time to answer.
EventStream::EventStream(BusClient& client, Follower& follower, AtStart at_start)
    : client_(client), follower_(follower) {
  follower_.owner_changed(false);
  try {
    subscribe();
    set_owner(name_owner(client_.connection()));
    if (service_present()) return;
    start_service(at_start);
    set_owner(name_owner(client_.connection()));
  } catch (const sdbus::Error& error) {
    throw failure_of(error);
  }
}

EventStream::~EventStream() = default;

void EventStream::start_service(AtStart at_start) {
  try {
    client_.require_service();
  } catch (const Failure& failure) {
    const bool absent = failure.kind() == Failure::Kind::kNoService;
    if (!absent || at_start == AtStart::kRequireService) throw;
  }
}

void EventStream::subscribe() {
  const std::string service = kServiceName;
  const std::string driver = kBusDriver;
  const auto add = [&](const std::string& rule, auto handler) {
    subscriptions_.push_back(client_.connection().addMatch(
        rule, [this, handler](auto& message) { guarded([&] { (this->*handler)(message); }); }));
  };
  add("type='signal',sender='" + driver + "',path='/org/freedesktop/DBus',interface='" + driver +
          "',member='NameOwnerChanged',arg0='" + service + "'",
      &EventStream::on_name_owner_changed);
  add("type='signal',sender='" + service + "',path_namespace='" +
          std::string(event::kRootObjectPath) + "'",
      &EventStream::on_signal);
}

std::vector<Item> EventStream::dispatch() {
  try {
    ask();
    for (int i = 0; i < kBudget && client_.connection().processPendingRequest(); ++i) {
    }
    ask();
  } catch (const sdbus::Error& error) {
    throw failure_of(error);
  }
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  return follower_.take();
}

void EventStream::wait(std::optional<std::chrono::milliseconds> timeout, std::span<pollfd> others) {
  const auto bus = client_.connection().getEventLoopPollData();
  int timeout_ms = bus.getPollTimeout();
  if (timeout) {
    const auto most = std::numeric_limits<int>::max();
    const int ours = static_cast<int>(std::clamp<long long>(timeout->count(), 0, most));
    timeout_ms = timeout_ms < 0 ? ours : std::min(timeout_ms, ours);
  }
  std::vector<pollfd> descriptors(others.begin(), others.end());
  descriptors.push_back({.fd = bus.fd, .events = bus.events, .revents = 0});
  if (::poll(descriptors.data(), descriptors.size(), timeout_ms) < 0 && errno != EINTR) {
    throw Failure(Failure::Kind::kRefused, std::system_category().message(errno));
  }
  std::copy_n(descriptors.begin(), others.size(), others.begin());
}

void EventStream::set_owner(std::string owner) {
  owner_ = std::move(owner);
  asking_ = false;
  service_.reset();
  if (!owner_.empty()) {
    service_ =
        sdbus::createProxy(client_.connection(), owner_, std::string(event::kRootObjectPath));
  }
  follower_.owner_changed(service_present());
}

void EventStream::on_signal(sdbus::Message& message) {
  if (message.getSender() != owner_) return;
  if (auto event = read_event_signal(message)) follower_.live(std::move(*event));
}

void EventStream::on_name_owner_changed(sdbus::Message& message) {
  if (message.getSender() != kBusDriver) return;
  std::string name;
  std::string old_owner;
  std::string new_owner;
  message >> name >> old_owner >> new_owner;
  if (name == kServiceName) set_owner(std::move(new_owner));
}

// The question goes to the owner itself, not to the name: so its answer, the signals and the log
// are of one service, whatever happens to the name meanwhile.
void EventStream::ask() {
  const std::optional<std::uint64_t> after = follower_.wants();
  if (!after || asking_ || !service_) return;
  auto call = service_->createMethodCall(kManagerInterface, "GetEvents");
  call << *after << filter_argument({}) << std::uint32_t{0};
  service_->callMethod(call, [this](sdbus::MethodReply& reply, const sdbus::Error* error) {
    guarded([&] {
      asking_ = false;
      if (error != nullptr) return on_no_answer(*error);
      on_answer(reply);
    });
  });
  asking_ = true;
}

void EventStream::on_answer(sdbus::MethodReply& reply) {
  try {
    follower_.answer(read_answer(reply));
  } catch (const sdbus::Error& error) {
    throw failure_of(error);
  }
}

// An owner that is gone is told by NameOwnerChanged; one that is slow is asked again.
void EventStream::on_no_answer(const sdbus::Error& error) {
  const Failure failure = failure_of(error);
  if (failure.kind() == Failure::Kind::kNoService || failure.kind() == Failure::Kind::kNoBus)
    return;
  if (error.getName() == "org.freedesktop.DBus.Error.NoReply") return;
  throw failure;
}

// sd-bus is unusable once an exception other than sdbus::Error has left one of its callbacks. A
// signal of another shape is no event: the gap that it leaves is asked for.
void EventStream::guarded(const std::function<void()>& handler) {
  try {
    handler();
  } catch (const sdbus::Error&) {
  } catch (...) {
    if (!failure_) failure_ = std::current_exception();
  }
}

}  // namespace kevent::client

// SPDX-License-Identifier: LGPL-2.1-or-later
// Follows the service's events on the bus: subscribes, hands what arrives to a Follower, and puts
// the Follower's questions. It takes signals from the present owner of the service's name alone: a
// bus delivers to us whatever anybody addresses to us, and the library lets it through. A service
// that goes away is waited for. For one thread, which calls dispatch() and wait() in turns.
#pragma once

#include <poll.h>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/client/bus_client.h"
#include "lib/client/follower.h"

namespace sdbus {
class IProxy;
class Message;
class MethodReply;
}  // namespace sdbus

namespace kevent::client {

class EventStream {
 public:
  enum class AtStart {
    kRequireService,  // fails with kNoService when the service is not there
    kWaitForService,  // begins when somebody owns the service's name
  };

  // The service is started where the bus can do that. `client` and `follower` outlive the stream;
  // another stream may take the follower over, and goes on from its position.
  EventStream(BusClient& client, Follower& follower, AtStart at_start = AtStart::kRequireService);
  ~EventStream();
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  // Handles what has arrived, without waiting, and returns what came out of the Follower. Throws a
  // Failure when the bus has gone, or the service refuses to answer.
  std::vector<Item> dispatch();

  // Sleeps until there is something to dispatch, one of `others` is ready (its revents say so), or
  // `timeout` is over; nothing: no end.
  void wait(std::optional<std::chrono::milliseconds> timeout, std::span<pollfd> others = {});

  // Somebody owns the service's name.
  bool service_present() const { return !owner_.empty(); }

 private:
  void start_service(AtStart at_start);
  void subscribe();
  void set_owner(std::string owner);
  void on_signal(sdbus::Message& message);
  void on_name_owner_changed(sdbus::Message& message);
  void ask();
  void on_answer(sdbus::MethodReply& reply);
  void on_no_answer(const sdbus::Error& error);
  void guarded(const std::function<void()>& handler);

  BusClient& client_;
  Follower& follower_;
  std::string owner_;                       // unique name; empty: nobody
  std::unique_ptr<sdbus::IProxy> service_;  // of that owner; letting it go cancels the question
  bool asking_ = false;
  std::exception_ptr failure_;  // of a handler, for dispatch() to throw
  std::vector<std::unique_ptr<void, std::function<void(void*)>>> subscriptions_;
};

}  // namespace kevent::client

// SPDX-License-Identifier: LGPL-2.1-or-later
// The service's methods and properties as plain calls: each waits for its answer, and throws a
// Failure where there is none. Starts the service where the bus can do that. For one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "lib/client/failure.h"
#include "lib/client/follower.h"
#include "lib/event/filter.h"

namespace sdbus {
class Error;
class IConnection;
}  // namespace sdbus

namespace kevent::client {

class BusClient {
 public:
  // `bus`: "system", "session", or the address of a bus.
  explicit BusClient(const std::string& bus);
  ~BusClient();
  BusClient(const BusClient&) = delete;
  BusClient& operator=(const BusClient&) = delete;

  // Fails with kNoService unless the service is there, or can be started.
  void require_service();

  // One answer of GetEvents.
  Answer events(std::uint64_t after, const event::Filter& filter);

  // Every answer from `after` to the end of the log, in order. Fails with kRefused when the log is
  // replaced meanwhile.
  void read_log(std::uint64_t after, const event::Filter& filter,
                const std::function<void(Answer&)>& take);

  // The kernel path that FindDevice knows for a name; nothing when it knows none.
  std::optional<std::string> find_object(const std::string& name);

  // Every exported object: {object path: {interface: {property: value}}}.
  nlohmann::json managed_objects();

  // The properties of one interface of an object, by its kernel path; nothing when the object is
  // not exported or does not have the interface.
  std::optional<nlohmann::json> properties(const std::string& object, const std::string& interface);

  // What udev knows of a device.
  std::map<std::string, std::string> udev_properties(const std::string& object);

  sdbus::IConnection& connection() { return *connection_; }

 private:
  std::unique_ptr<sdbus::IConnection> connection_;
};

// What an error of D-Bus means for a client.
Failure failure_of(const sdbus::Error& error);

}  // namespace kevent::client

// SPDX-License-Identifier: LGPL-2.1-or-later
// A connection to a bus on raw sd-bus, so that the service's own client code is not tested by
// itself. For one thread.
#pragma once

#include <systemd/sd-bus.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "tests/support/bus_value.h"
#include "tests/support/eventually.h"

namespace kevent::support {

inline constexpr const char* kService = "org.kernel.Events1";
inline constexpr const char* kManagerPath = "/org/kernel";
inline constexpr const char* kManagerInterface = "org.kernel.Events1.Manager";

struct Reply {
  std::string error;  // the error's D-Bus name; empty: none
  std::string error_text;
  std::string signature;
  Json arguments;  // read_arguments()

  bool ok() const { return error.empty(); }
};

struct Method {
  std::string path;
  std::string interface;
  std::string member;
  std::string destination = kService;
};

class BusConnection {
 public:
  using Handler = std::function<void(sd_bus_message*)>;

  // Fails when nobody listens at the address.
  explicit BusConnection(const std::string& address);

  // Calls and waits for the answer. `signature` and `arguments` as sd_bus_message_append() has
  // them.
  template <typename... Arguments>
  Reply call(const Method& method, const char* signature = "", Arguments... arguments) {
    return call_with(method, [&](sd_bus_message* message) {
      return sd_bus_message_append(message, signature, arguments...);
    });
  }

  // The same for arguments of any shape: `write` fills the message and returns below 0 on failure.
  Reply call_with(const Method& method, const std::function<int(sd_bus_message*)>& write);

  // Has `handler` called for what matches, from process_until() only.
  void subscribe(const std::string& rule, Handler handler);

  // Handles what arrives until `predicate` holds. False at the deadline.
  bool process_until(Deadline deadline, const std::function<bool()>& predicate);

  // Handles what has arrived. Returns how many messages; stops after some hundreds.
  int process();

  bool connected() const { return sd_bus_is_open(bus_.get()) > 0; }
  int descriptor() const { return sd_bus_get_fd(bus_.get()); }
  sd_bus* raw() const { return bus_.get(); }

 private:
  struct Close {
    void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
  };
  std::deque<Handler> handlers_;  // sd-bus holds their addresses
  std::unique_ptr<sd_bus, Close> bus_;
};

// A property without the variant around it. Fails on an error of D-Bus.
Json property(BusConnection& bus, const std::string& path, const std::string& interface,
              const std::string& name);
Json manager_property(BusConnection& bus, const std::string& name);

// GetEvents without a filter.
Reply get_events(BusConnection& bus, std::uint64_t after, std::uint32_t limit = 0);

// How many connections the bus has.
std::size_t connections(BusConnection& bus);

Reply find_device(BusConnection& bus, const std::string& name);

}  // namespace kevent::support

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/client/bus_client.h"

#include <sdbus-c++/sdbus-c++.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "lib/client/message.h"
#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::client {
namespace {

using Kind = Failure::Kind;
using nlohmann::json;

constexpr std::string_view kDBusError = "org.freedesktop.DBus.Error.";

std::unique_ptr<sdbus::IConnection> connect(const std::string& bus) try {
  if (bus == "system") return sdbus::createSystemBusConnection();
  if (bus == "session") return sdbus::createSessionBusConnection();
  return sdbus::createSessionBusConnectionWithAddress(bus);
} catch (const sdbus::Error& error) {
  throw Failure(Kind::kNoBus, "the bus \"" + bus + "\" cannot be reached: " + error.getMessage());
}

// Calls a method of an object of the service. `write` appends the arguments.
template <typename Write>
sdbus::MethodReply call(sdbus::IConnection& connection, const std::string& object,
                        const std::string& interface, const std::string& method, Write write) {
  const auto proxy = sdbus::createProxy(connection, kServiceName, event::object_path(object));
  sdbus::MethodCall message = proxy->createMethodCall(interface, method);
  write(message);
  return proxy->callMethod(message);
}

sdbus::MethodReply call(sdbus::IConnection& connection, const std::string& object,
                        const std::string& interface, const std::string& method) {
  return call(connection, object, interface, method, [](sdbus::MethodCall&) {});
}

Kind kind_of(const std::string& name) {
  if (name == kNoSuchObjectError) return Kind::kNoSuchObject;
  // What sd-bus says of its own end of a connection that is gone (sd-bus: errno by name).
  for (const char* gone :
       {"System.Error.ENOTCONN", "System.Error.ECONNRESET", "System.Error.EPIPE"}) {
    if (name == gone) return Kind::kNoBus;
  }
  if (!name.starts_with(kDBusError)) return Kind::kRefused;
  const std::string_view error = std::string_view(name).substr(kDBusError.size());
  if (error == "Disconnected" || error == "NoServer") return Kind::kNoBus;
  if (error == "ServiceUnknown" || error == "NameHasNoOwner" || error.starts_with("Spawn.")) {
    return Kind::kNoService;
  }
  if (error == "UnknownObject") return Kind::kNoSuchObject;
  return Kind::kRefused;
}

}  // namespace

Failure failure_of(const sdbus::Error& error) {
  const Kind kind = kind_of(error.getName());
  if (kind == Kind::kNoBus)
    return {kind, "the connection to the bus is gone: " + error.getMessage()};
  if (kind == Kind::kNoService) {
    return {kind, std::string(kServiceName) + " is not on this bus (does keventd run?)"};
  }
  return {kind, error.getMessage() + " (" + error.getName() + ")"};
}

BusClient::BusClient(const std::string& bus) : connection_(connect(bus)) {}

BusClient::~BusClient() = default;

void BusClient::require_service() try {
  call(*connection_, "/", "org.freedesktop.DBus.Peer", "Ping");
} catch (const sdbus::Error& error) {
  throw failure_of(error);
}

Answer BusClient::events(std::uint64_t after, const event::Filter& filter) try {
  auto reply =
      call(*connection_, "/", kManagerInterface, "GetEvents", [&](sdbus::MethodCall& call) {
        call << after << filter_argument(filter) << std::uint32_t{0};
      });
  return read_answer(reply);
} catch (const sdbus::Error& error) {
  throw failure_of(error);
}

void BusClient::read_log(std::uint64_t after, const event::Filter& filter,
                         const std::function<void(Answer&)>& take) {
  std::string log;
  for (;;) {
    Answer answer = events(after, filter);
    if (!log.empty() && log != answer.log) {
      throw Failure(Kind::kRefused, "the log was replaced meanwhile");
    }
    log = answer.log;
    const std::uint64_t next = answer.next;
    take(answer);
    if (next <= after) return;
    after = next;
  }
}

std::optional<std::string> BusClient::find_object(const std::string& name) try {
  auto reply = call(*connection_, "/", kManagerInterface, "FindDevice",
                    [&](sdbus::MethodCall& call) { call << name; });
  sdbus::ObjectPath path;
  reply >> path;
  return event::parse_object_path(path);
} catch (const sdbus::Error& error) {
  if (error.getName() == kNoSuchObjectError) return std::nullopt;
  throw failure_of(error);
}

json BusClient::managed_objects() try {
  auto reply = call(*connection_, "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects");
  return read_objects(reply);
} catch (const sdbus::Error& error) {
  throw failure_of(error);
}

std::optional<json> BusClient::properties(const std::string& object,
                                          const std::string& interface) try {
  auto reply = call(*connection_, object, "org.freedesktop.DBus.Properties", "GetAll",
                    [&](sdbus::MethodCall& call) { call << interface; });
  return read_properties(reply);
} catch (const sdbus::Error& error) {
  for (const char* absent : {"UnknownObject", "UnknownInterface", "UnknownMethod"}) {
    if (error.getName() == std::string(kDBusError) + absent) return std::nullopt;
  }
  throw failure_of(error);
}

std::map<std::string, std::string> BusClient::udev_properties(const std::string& object) try {
  auto reply = call(*connection_, object, kDeviceInterface, "GetUdevProperties");
  std::map<std::string, std::string> properties;
  reply >> properties;
  return properties;
} catch (const sdbus::Error& error) {
  throw failure_of(error);
}

}  // namespace kevent::client

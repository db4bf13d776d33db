// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/bus_connection.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "tests/support/failure.h"

namespace kevent::support {
namespace {

constexpr int kBatch = 500;

struct Unref {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Message = std::unique_ptr<sd_bus_message, Unref>;

int call_handler(sd_bus_message* message, void* handler, sd_bus_error* /*error*/) {
  (*static_cast<BusConnection::Handler*>(handler))(message);
  return 0;
}

std::string text(const char* value) {
  return value == nullptr ? "" : value;
}

}  // namespace

BusConnection::BusConnection(const std::string& address) {
  sd_bus* bus = nullptr;
  check(sd_bus_new(&bus), "sd_bus_new");
  bus_.reset(bus);
  check(sd_bus_set_address(bus, address.c_str()), address);
  check(sd_bus_set_bus_client(bus, 1), address);
  check(sd_bus_start(bus), address);
  sd_bus_set_method_call_timeout(bus, std::chrono::microseconds(kPatience).count());
}

Reply BusConnection::call_with(const Method& method,
                               const std::function<int(sd_bus_message*)>& write) {
  sd_bus_message* raw = nullptr;
  check(sd_bus_message_new_method_call(bus_.get(), &raw, method.destination.c_str(),
                                       method.path.c_str(), method.interface.c_str(),
                                       method.member.c_str()),
        "a call of " + method.member);
  const Message request(raw);
  check(write(request.get()), "the arguments of " + method.member);
  sd_bus_error error{};
  sd_bus_message* raw_answer = nullptr;
  const int result = sd_bus_call(bus_.get(), request.get(), 0, &error, &raw_answer);
  const Message answer(raw_answer);
  Reply reply;
  if (result < 0) {
    reply.error = text(error.name);
    reply.error_text = text(error.message);
    sd_bus_error_free(&error);
    if (reply.error.empty()) {
      reply.error = "errno " + std::to_string(-result);
    }
    return reply;
  }
  reply.signature = text(sd_bus_message_get_signature(answer.get(), 1));
  reply.arguments = read_arguments(answer.get());
  return reply;
}

void BusConnection::subscribe(const std::string& rule, Handler handler) {
  handlers_.push_back(std::move(handler));
  check(sd_bus_add_match(bus_.get(), nullptr, rule.c_str(), call_handler, &handlers_.back()), rule);
}

int BusConnection::process() {
  int count = 0;
  while (count < kBatch && sd_bus_process(bus_.get(), nullptr) > 0) {
    ++count;
  }
  return count;
}

bool BusConnection::process_until(Deadline deadline, const std::function<bool()>& predicate) {
  return eventually(
      deadline,
      [&] {
        // A stream that never ends must not hide the predicate: one batch, then a look.
        bool holds = false;
        while (!holds && process() == kBatch) {
          holds = predicate() || std::chrono::steady_clock::now() > deadline;
        }
        return predicate();
      },
      descriptor());
}

Json property(BusConnection& bus, const std::string& path, const std::string& interface,
              const std::string& name) {
  const Reply reply = bus.call({path, "org.freedesktop.DBus.Properties", "Get"}, "ss",
                               interface.c_str(), name.c_str());
  if (!reply.ok()) {
    fail(path + " " + name + ": " + reply.error + ": " + reply.error_text);
  }
  return reply.arguments[0]["data"];
}

Json manager_property(BusConnection& bus, const std::string& name) {
  return property(bus, kManagerPath, kManagerInterface, name);
}

Reply get_events(BusConnection& bus, std::uint64_t after, std::uint32_t limit) {
  return bus.call({kManagerPath, kManagerInterface, "GetEvents"}, "ta{sv}u", after, 0, limit);
}

std::size_t connections(BusConnection& bus) {
  const Json names = bus.call({"/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
                               "org.freedesktop.DBus"})
                         .arguments.at(0);
  return static_cast<std::size_t>(std::count_if(names.begin(), names.end(), [](const Json& name) {
    return name.get<std::string>().starts_with(":");
  }));
}

Reply find_device(BusConnection& bus, const std::string& name) {
  return bus.call({kManagerPath, kManagerInterface, "FindDevice"}, "s", name.c_str());
}

}  // namespace kevent::support

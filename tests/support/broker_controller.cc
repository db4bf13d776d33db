// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/support/broker_controller.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstdint>
#include <filesystem>

#include "tests/support/eventually.h"
#include "tests/support/failure.h"

namespace kevent::support {
namespace {

// dbus-broker 33, src/launch/policy.c: for each user, and for each range of users or groups,
// whether they may connect, and what they may own, send and receive; SELinux's contexts; whether
// AppArmor decides, too; the kind of bus.
#define POLICY_BATCH "(bta(btbs)a(btssssuutt)a(btssssuutt))"
constexpr char kPolicy[] = "(a(u" POLICY_BATCH ")a(buu" POLICY_BATCH ")a(ss)bs)";
#undef POLICY_BATCH

constexpr int kYes = 1;
constexpr int kNo = 0;
constexpr int kNone = 0;  // elements of an array
constexpr int kOne = 1;
constexpr std::uint32_t kEveryone = UINT32_MAX;
constexpr std::uint32_t kAny = 0;
constexpr std::uint64_t kPriority = 1;
constexpr std::uint64_t kNoDescriptors = 0;
constexpr std::uint64_t kAllDescriptors = UINT64_MAX;

int append_open_policy(sd_bus_message* message) {
  return sd_bus_message_append(
      message, "v", kPolicy,                              //
      kOne, kEveryone, kYes, kPriority,                   // may connect,
      kOne, kYes, kPriority, kYes, "",                    // own every name that starts with "",
      kOne, kYes, kPriority, "", "", "", "", kAny, kAny,  // send,
      kNoDescriptors, kAllDescriptors,                    //
      kOne, kYes, kPriority, "", "", "", "", kAny, kAny,  // and receive everything
      kNoDescriptors, kAllDescriptors,                    //
      kNone, kNone, kNo, "system");
}

base::FileDescriptor listening_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    fail(path + " is too long for a socket");
  }
  path.copy(address.sun_path, path.size());
  std::filesystem::remove(path);  // of the broker before
  base::FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.valid() ||
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(socket.get(), SOMAXCONN) != 0) {
    fail_with_errno(path);
  }
  std::filesystem::permissions(path, std::filesystem::perms::all);
  return socket;
}

}  // namespace

BrokerController::BrokerController() {
  sd_bus* bus = nullptr;
  check(sd_bus_new(&bus), "sd_bus_new");
  bus_.reset(bus);
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    fail_with_errno("socketpair");
  }
  broker_end_ = base::FileDescriptor(ends[1]);
  check(sd_bus_set_fd(bus, ends[0], ends[0]), "sd_bus_set_fd");
  check(sd_bus_start(bus), "sd_bus_start");
}

void BrokerController::listen(const std::string& path) {
  broker_end_ = base::FileDescriptor();
  const base::FileDescriptor socket = listening_socket(path);
  sd_bus_message* call = nullptr;
  check(sd_bus_message_new_method_call(bus_.get(), &call, nullptr, "/org/bus1/DBus/Broker",
                                       "org.bus1.DBus.Broker", "AddListener"),
        "a call of AddListener");
  const std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)> owned(
      call, sd_bus_message_unref);
  check(sd_bus_message_append(call, "oh", "/org/bus1/DBus/Listener/0", socket.get()), "a listener");
  check(append_open_policy(call), "a policy");
  const std::uint64_t patience_us = std::chrono::microseconds(kPatience).count();
  check(sd_bus_call(bus_.get(), call, patience_us, nullptr, nullptr), "dbus-broker: AddListener");
}

}  // namespace kevent::support

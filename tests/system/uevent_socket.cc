// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/system/uevent_socket.h"

#include <fstream>
#include <sstream>
#include <string>

namespace kevent::system {
namespace {

constexpr int kUeventProtocol = 15;  // NETLINK_KOBJECT_UEVENT

}  // namespace

UeventSocket uevent_socket(pid_t pid) {
  std::ifstream table("/proc/net/netlink");
  UeventSocket sum;
  for (std::string line; std::getline(table, line);) {
    std::istringstream columns(line);
    std::string socket, groups, memory_written, dump, locks;
    int protocol = 0;
    std::int64_t port = 0;
    UeventSocket one;
    if (columns >> socket >> protocol >> port >> groups >> one.waiting >> memory_written >> dump >>
            locks >> one.dropped &&
        protocol == kUeventProtocol && port == pid) {
      sum.waiting += one.waiting;
      sum.dropped += one.dropped;
    }
  }
  return sum;
}

}  // namespace kevent::system

// SPDX-License-Identifier: LGPL-2.1-or-later
// What /proc/net/netlink says of a process's uevent sockets, all of them together.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace kevent::system {

struct UeventSocket {
  std::uint64_t waiting = 0;  // bytes that the process has not read yet
  std::uint64_t dropped = 0;  // messages that there was no room for
};

UeventSocket uevent_socket(pid_t pid);

}  // namespace kevent::system

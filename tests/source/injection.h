// SPDX-License-Identifier: LGPL-2.1-or-later
// Uevents that no device made: sent by us, to somebody or to the kernel, which sends them on as its
// own where the sender may do that.
#pragma once

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "lib/base/file_descriptor.h"

namespace kevent::source {

inline base::FileDescriptor sender() {
  return base::FileDescriptor(
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT));
}

// Sends `text` to a port, or to a group; to the kernel where both are 0.
inline bool send_to(int socket, std::uint32_t port, std::uint32_t groups, const std::string& text) {
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_pid = port;
  address.nl_groups = groups;
  return ::sendto(socket, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&address),
                  sizeof address) >= 0;
}

// What the kernel wants around a uevent that it is to send on (Linux 6.12, uevent_net_rcv()).
inline std::string as_request(const std::string& payload) {
  nlmsghdr header{};
  header.nlmsg_len = static_cast<std::uint32_t>(NLMSG_LENGTH(payload.size()));
  header.nlmsg_type = NLMSG_MIN_TYPE;
  header.nlmsg_flags = NLM_F_REQUEST;
  return std::string(reinterpret_cast<const char*>(&header), sizeof header) + payload;
}

// Has the kernel send `payload` to all who hear uevents, with a SEQNUM behind it. As root.
inline bool inject_uevent(const std::string& payload) {
  return send_to(sender().get(), 0, 0, as_request(payload));
}

}  // namespace kevent::source

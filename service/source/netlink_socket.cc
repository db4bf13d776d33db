// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/netlink_socket.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <array>

namespace kevent::source {
namespace {

std::uint32_t group_mask(unsigned group) {
  return group <= 32 ? 1u << (group - 1) : 0;
}

// The credentials that came with the message; nullptr when there are none.
const ucred* credentials(msghdr& header) {
  for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr; item = CMSG_NXTHDR(&header, item)) {
    if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_CREDENTIALS &&
        item->cmsg_len == CMSG_LEN(sizeof(ucred))) {
      return reinterpret_cast<const ucred*>(CMSG_DATA(item));
    }
  }
  return nullptr;
}

}  // namespace

NetlinkSocket::NetlinkSocket(base::FileDescriptor socket, unsigned group,
                             std::size_t longest_message)
    : socket_(std::move(socket)), group_(group), buffer_(longest_message) {}

base::Result<NetlinkSocket> NetlinkSocket::open(int protocol, unsigned group, int buffer_size,
                                                std::size_t longest_message) {
  NetlinkSocket opened(
      base::FileDescriptor(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol)),
      group, longest_message);
  const int number = opened.socket_.get();
  if (number < 0) return base::last_error("open a netlink socket");
  const int on = 1;
  // Before bind: a message that came without credentials could be anybody's.
  if (::setsockopt(number, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0) {
    return base::last_error("ask for credentials on a netlink socket");
  }
  opened.set_buffer_size(buffer_size);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  if (::bind(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return base::last_error("bind a netlink socket");
  }
  if (::setsockopt(number, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0) {
    return base::last_error("join a netlink group");
  }
  return opened;
}

void NetlinkSocket::set_buffer_size(int size) {
  if (::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) == 0) return;
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  int granted = 0;
  socklen_t length = sizeof granted;
  ::getsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &granted, &length);
  // The kernel reports twice what it was given, for its own book-keeping.
  problem_ = "receive buffer of " + std::to_string(granted / 2) + " bytes instead of " +
             std::to_string(size) + " (needs CAP_NET_ADMIN)";
}

NetlinkSocket::Received NetlinkSocket::receive() {
  sockaddr_nl sender{};
  iovec vector{buffer_.data(), buffer_.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control;
  msghdr header{};
  header.msg_name = &sender;
  header.msg_namelen = sizeof sender;
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();

  ssize_t length = 0;
  do {
    length = ::recvmsg(socket_.get(), &header, 0);
  } while (length < 0 && errno == EINTR);
  if (length < 0) {
    if (errno == EAGAIN) return {Outcome::kEmpty, {}, {}};
    if (errno == ENOBUFS) return {Outcome::kOverrun, {}, {}};
    return {Outcome::kFailed, {}, base::last_error("receive from netlink")};
  }

  const ucred* from = credentials(header);
  if (header.msg_namelen != sizeof sender || sender.nl_family != AF_NETLINK || sender.nl_pid != 0 ||
      sender.nl_groups != group_mask(group_) || from == nullptr || from->uid != 0) {
    return {Outcome::kForeign, {}, {}};
  }
  if ((header.msg_flags & MSG_TRUNC) != 0) return {Outcome::kTruncated, {}, {}};
  return {Outcome::kMessage, {buffer_.data(), static_cast<std::size_t>(length)}, {}};
}

// The kernel counts in 32 bits; the difference is right across its wraparound.
std::optional<std::uint32_t> NetlinkSocket::new_drops() {
  std::array<std::uint32_t, SK_MEMINFO_VARS> information{};
  socklen_t length = sizeof information;
  if (::getsockopt(socket_.get(), SOL_SOCKET, SO_MEMINFO, information.data(), &length) < 0) {
    return std::nullopt;
  }
  const std::uint32_t now = information[SK_MEMINFO_DROPS];
  return now - std::exchange(dropped_before_, now);
}

}  // namespace kevent::source

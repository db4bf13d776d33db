// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/netlink_socket.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kevent::source {
namespace {

// What came with a message. Without it: nobody's, to no group.
struct Envelope {
  uid_t uid = static_cast<uid_t>(-1);
  unsigned group = 0;
};

Envelope envelope_of(msghdr header) {
  Envelope envelope;
  for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr; item = CMSG_NXTHDR(&header, item)) {
    if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_CREDENTIALS &&
        item->cmsg_len == CMSG_LEN(sizeof(ucred))) {
      envelope.uid = reinterpret_cast<const ucred*>(CMSG_DATA(item))->uid;
    } else if (item->cmsg_level == SOL_NETLINK && item->cmsg_type == NETLINK_PKTINFO &&
               item->cmsg_len == CMSG_LEN(sizeof(nl_pktinfo))) {
      envelope.group = reinterpret_cast<const nl_pktinfo*>(CMSG_DATA(item))->group;
    }
  }
  return envelope;
}

}  // namespace

// Each message has its sender, what comes with it, and `longest` bytes.
struct NetlinkSocket::Slots {
  struct Control {
    alignas(
        cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred)) + CMSG_SPACE(sizeof(nl_pktinfo))> bytes;
  };

  explicit Slots(std::size_t longest) : bytes(new char[longest * kSlots]) {
    for (std::size_t i = 0; i < kSlots; ++i) vectors[i] = {bytes.get() + i * longest, longest};
  }

  // The kernel writes into the headers what it has put there.
  void make_room() {
    for (std::size_t i = 0; i < kSlots; ++i) {
      msghdr& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = &senders[i];
      header.msg_namelen = sizeof senders[i];
      header.msg_iov = &vectors[i];
      header.msg_iovlen = 1;
      header.msg_control = controls[i].bytes.data();
      header.msg_controllen = controls[i].bytes.size();
    }
  }

  std::unique_ptr<char[]> bytes;  // not cleared: what is never used takes no memory
  std::array<iovec, kSlots> vectors;
  std::array<sockaddr_nl, kSlots> senders;
  std::array<Control, kSlots> controls;
  std::array<mmsghdr, kSlots> messages;
};

void NetlinkSocket::FreeSlots::operator()(Slots* slots) const {
  delete slots;
}

NetlinkSocket::NetlinkSocket(base::FileDescriptor socket, std::vector<unsigned> groups,
                             std::size_t longest_message)
    : socket_(std::move(socket)), groups_(std::move(groups)), slots_(new Slots(longest_message)) {}

base::Result<NetlinkSocket> NetlinkSocket::open(int protocol, std::vector<unsigned> groups,
                                                int buffer_size, std::size_t longest_message) {
  NetlinkSocket opened(
      base::FileDescriptor(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol)),
      std::move(groups), longest_message);
  const int number = opened.socket_.get();
  if (number < 0) return base::last_error("open a netlink socket");
  const int on = 1;
  // Before bind: a message that came without credentials could be anybody's.
  if (::setsockopt(number, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0) {
    return base::last_error("ask for credentials on a netlink socket");
  }
  if (::setsockopt(number, SOL_NETLINK, NETLINK_PKTINFO, &on, sizeof on) < 0) {
    return base::last_error("ask for groups on a netlink socket");
  }
  opened.set_buffer_size(buffer_size);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  if (::bind(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return base::last_error("bind a netlink socket");
  }
  for (const unsigned group : opened.groups_) {
    if (::setsockopt(number, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) < 0) {
      return base::last_error("join a netlink group");
    }
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

// A read that finds less than it has room for does not mean that the socket is empty: an error may
// have come in between, which the next read tells.
NetlinkSocket::Received NetlinkSocket::receive() {
  if (!has_more()) {
    const Received failed = read_slots();
    if (!has_more()) return failed;
  }
  return message_in(next_++);
}

// Fills the slots, or says why not.
NetlinkSocket::Received NetlinkSocket::read_slots() {
  slots_->make_room();
  next_ = count_ = 0;
  int count = 0;
  do {
    count = ::recvmmsg(socket_.get(), slots_->messages.data(), kSlots, MSG_DONTWAIT, nullptr);
  } while (count < 0 && errno == EINTR);
  if (count >= 0) {
    count_ = static_cast<std::size_t>(count);
    return {};
  }
  if (errno == EAGAIN) return {Outcome::kEmpty, {}, {}};
  if (errno == ENOBUFS) return {Outcome::kOverrun, {}, {}};
  return {Outcome::kFailed, {}, base::last_error("receive from netlink")};
}

bool NetlinkSocket::has_joined(unsigned group) const {
  return std::find(groups_.begin(), groups_.end(), group) != groups_.end();
}

NetlinkSocket::Received NetlinkSocket::message_in(std::size_t slot) const {
  const msghdr& header = slots_->messages[slot].msg_hdr;
  const sockaddr_nl& sender = slots_->senders[slot];
  const Envelope envelope = envelope_of(header);
  if (header.msg_namelen != sizeof sender || sender.nl_family != AF_NETLINK || sender.nl_pid != 0 ||
      !has_joined(envelope.group) || envelope.uid != 0) {
    return {Outcome::kForeign, {}, {}};
  }
  if ((header.msg_flags & MSG_TRUNC) != 0) return {Outcome::kTruncated, {}, {}};
  const auto* bytes = static_cast<const char*>(slots_->vectors[slot].iov_base);
  return {Outcome::kMessage, {bytes, slots_->messages[slot].msg_len}, {}};
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

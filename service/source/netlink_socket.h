// SPDX-License-Identifier: LGPL-2.1-or-later
// A netlink socket that hears multicast groups of the kernel, and nobody else.
//
// nl_pid == 0 alone does not prove the kernel: who has CAP_SYS_ADMIN over a network namespace's
// user namespace can have the kernel send a uevent on with port 0. So each message must come from
// port 0, by a group that was joined, with credentials, of uid 0 (CVE-2009-1185, CVE-2012-3520).
// The group is taken from NETLINK_PKTINFO: the sender's address has a bit for each of the first 32
// and none for those above, where generic netlink's may be.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/file_descriptor.h"
#include "lib/base/result.h"

namespace kevent::source {

class NetlinkSocket {
 public:
  enum class Outcome {
    kMessage,    // `message` holds one whole message of the kernel
    kEmpty,      // nothing more to read now
    kOverrun,    // the receive buffer was full: new_drops() tells how many, once kEmpty is reached
    kForeign,    // somebody else's message
    kTruncated,  // the kernel's message, but longer than any should be: it is lost
    kFailed,     // reading failed: `error` says why
  };
  struct Received {
    Outcome outcome = Outcome::kEmpty;
    std::string_view message;  // until the next receive()
    base::Error error;
  };

  // Linux 6.12, lib/kobject_uevent.c: a uevent is its header and at most 2 KiB of environment; a
  // header is an action and a path of at most PATH_MAX.
  static constexpr std::size_t kLongestMessage = 16 << 10;

  // `groups`: their numbers, from 1. `buffer_size` bytes are asked for; a process without
  // CAP_NET_ADMIN gets what the system allows (problem() says how much).
  static base::Result<NetlinkSocket> open(int protocol, std::vector<unsigned> groups,
                                          int buffer_size,
                                          std::size_t longest_message = kLongestMessage);

  // One message, or why there is none. Never waits. Several are read at a time: as long as
  // has_more() nothing has to be in the socket for another.
  Received receive();
  bool has_more() const { return next_ < count_; }

  // How many messages the kernel has dropped since it last said so; nothing when it does not say.
  std::optional<std::uint32_t> new_drops();

  int descriptor() const { return socket_.get(); }
  // What the socket has to do without; empty: nothing.
  const std::string& problem() const { return problem_; }

 private:
  static constexpr std::size_t kSlots = 16;
  struct Slots;
  struct FreeSlots {
    void operator()(Slots* slots) const;
  };

  NetlinkSocket(base::FileDescriptor socket, std::vector<unsigned> groups,
                std::size_t longest_message);
  bool has_joined(unsigned group) const;
  void set_buffer_size(int size);
  Received read_slots();
  Received message_in(std::size_t slot) const;

  base::FileDescriptor socket_;
  std::vector<unsigned> groups_;
  std::uint32_t dropped_before_ = 0;
  std::string problem_;
  std::unique_ptr<Slots, FreeSlots> slots_;  // where messages are read to
  std::size_t next_ = 0;                     // the first one that was not handed out
  std::size_t count_ = 0;
};

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/kernel_log.h"

#include <linux/kevent.h>
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <netlink/socket.h>
#include <stdlib.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>

namespace kevent::source {
namespace {

// Linux 6.12, net/netlink/af_netlink.c, netlink_dump(): an answer is at most 32 KiB, and as long as
// the reader has shown to take.
constexpr std::size_t kLongestAnswer = 64 << 10;

constexpr const char* kGroups[] = {KEVENT_MCGRP_GENERAL, KEVENT_MCGRP_STORAGE, KEVENT_MCGRP_POWER,
                                   KEVENT_MCGRP_FS, KEVENT_MCGRP_HOTPLUG};

using Socket = std::unique_ptr<nl_sock, decltype(&nl_socket_free)>;
using Message = std::unique_ptr<nl_msg, decltype(&nlmsg_free)>;
using Answer = std::unique_ptr<unsigned char, decltype(&::free)>;

base::Error netlink_error(const std::string& context, int result) {
  return base::Error{0, context + ": " + nl_geterror(result)};
}

base::Result<Socket> connect() {
  Socket socket(nl_socket_alloc(), &nl_socket_free);
  if (!socket) return base::Error{ENOMEM, "open a generic netlink socket"};
  if (const int result = genl_connect(socket.get()); result < 0) {
    return netlink_error("generic netlink", result);
  }
  return socket;
}

Message request(int family, std::uint8_t command, int flags) {
  Message message(nlmsg_alloc(), &nlmsg_free);
  const bool complete =
      message && genlmsg_put(message.get(), NL_AUTO_PORT, NL_AUTO_SEQ, family, 0,
                             NLM_F_REQUEST | flags, command, KEVENT_FAMILY_VERSION) != nullptr;
  if (!complete) message.reset();
  return message;
}

// The error that a message of netlink itself says; 0: none. It begins with a negative errno, or
// with nothing.
int error_in(nlmsghdr* header) {
  std::int32_t error = 0;
  if (nlmsg_datalen(header) < static_cast<int>(sizeof error)) return 0;
  std::memcpy(&error, nlmsg_data(header), sizeof error);
  return -error;
}

class Question {
 public:
  Question(const char* context, int family) : context_(context), family_(family) {}

  // Gives `take` each message of the answer, until it wants no more.
  base::Status ask(const Message& message, const KernelLogReader::Take& take) {
    if (!message) return base::Error{ENOMEM, context_};
    auto socket = connect();
    if (!socket) return socket.error();
    nl_socket_disable_auto_ack(socket->get());
    nl_socket_set_nonblocking(socket->get());
    nl_socket_set_msg_buf_size(socket->get(), kLongestAnswer);
    if (const int result = nl_send_auto(socket->get(), message.get()); result < 0) {
      return netlink_error(context_, result);
    }
    for (;;) {
      sockaddr_nl from{};
      unsigned char* bytes = nullptr;
      const int length = nl_recv(socket->get(), &from, &bytes, nullptr);
      const Answer answer(bytes, &::free);
      if (length == 0) return base::Error{0, std::string(context_) + ": no whole answer"};
      if (length < 0) return netlink_error(context_, length);
      if (from.nl_pid != 0) continue;  // not the kernel's
      if (const auto end = read(answer.get(), length, take)) return *end;
    }
  }

 private:
  // How the answer ended; nothing when there is more of it.
  std::optional<base::Status> read(unsigned char* bytes, int length,
                                   const KernelLogReader::Take& take) const {
    for (auto* header = reinterpret_cast<nlmsghdr*>(bytes); nlmsg_ok(header, length) != 0;
         header = nlmsg_next(header, &length)) {
      if (header->nlmsg_type == NLMSG_ERROR || header->nlmsg_type == NLMSG_DONE) {
        const int error = error_in(header);
        if (error > 0) return base::Status(base::Error{error, context_});
        return base::Status(base::Done{});
      }
      if (header->nlmsg_type != family_) continue;
      const auto* payload = static_cast<const std::byte*>(nlmsg_data(header));
      const bool more = take({payload, static_cast<std::size_t>(nlmsg_datalen(header))});
      if (!more || (header->nlmsg_flags & NLM_F_MULTI) == 0) return base::Status(base::Done{});
    }
    return std::nullopt;
  }

  const char* context_;
  int family_;
};

}  // namespace

base::Result<KernelFamily> KernelFamily::resolve() {
  auto socket = connect();
  if (!socket) return socket.error();
  KernelFamily family;
  family.id = genl_ctrl_resolve(socket->get(), KEVENT_FAMILY_NAME);
  if (family.id == -NLE_OBJ_NOTFOUND) {
    return base::Error{
        ENOENT,
        "the kernel has no events layer (CONFIG_KERNEL_EVENTS), or not in this network namespace"};
  }
  if (family.id < 0) return netlink_error("resolve the kevent netlink family", family.id);
  for (const char* name : kGroups) {
    const int group = genl_ctrl_resolve_grp(socket->get(), KEVENT_FAMILY_NAME, name);
    if (group < 0) return netlink_error(std::string("resolve the kevent group ") + name, group);
    family.groups.push_back(static_cast<unsigned>(group));
  }
  return family;
}

base::Result<decode::KernelLog> NetlinkKernelLog::held() {
  constexpr char kContext[] = "ask what the kernel's log holds";
  std::optional<decode::KernelLog> log;
  const auto status =
      Question(kContext, family_).ask(request(family_, KEVENT_CMD_LOG_GET, 0), [&](auto payload) {
        log = decode::parse_kernel_log(payload);
        return false;
      });
  if (!status) return status.error();
  if (!log) return base::Error{EPROTO, kContext};
  return *log;
}

base::Status NetlinkKernelLog::read_after(std::uint64_t number, const Take& take) {
  constexpr char kContext[] = "read the kernel's log";
  const Message message = request(family_, KEVENT_CMD_EVENT_GET, NLM_F_DUMP);
  if (!message || nla_put_u64(message.get(), KEVENT_A_EVENT_SEQUENCE, number) < 0) {
    return base::Error{ENOMEM, kContext};
  }
  return Question(kContext, family_).ask(message, take);
}

}  // namespace kevent::source

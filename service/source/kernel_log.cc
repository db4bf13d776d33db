// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/kernel_log.h"

#include <linux/genetlink.h>
#include <linux/kevent.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
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

// The number in an attribute; 0 where there is none.
template <typename T>
T number_in(const nlattr* attribute) {
  T number = 0;
  if (attribute == nullptr || nla_len(attribute) < static_cast<int>(sizeof number)) return 0;
  std::memcpy(&number, nla_data(attribute), sizeof number);
  return number;
}

// The answer to CTRL_CMD_GETFAMILY.
KernelFamily family_in(std::span<const std::byte> payload) {
  KernelFamily family;
  if (payload.size() < GENL_HDRLEN) return family;
  const auto* attributes = reinterpret_cast<const nlattr*>(payload.data() + GENL_HDRLEN);
  const auto length = static_cast<int>(payload.size() - GENL_HDRLEN);
  family.id = number_in<std::uint16_t>(nla_find(attributes, length, CTRL_ATTR_FAMILY_ID));
  const nlattr* groups = nla_find(attributes, length, CTRL_ATTR_MCAST_GROUPS);
  if (groups == nullptr) return family;
  auto* group = static_cast<nlattr*>(nla_data(groups));
  for (int rest = nla_len(groups); nla_ok(group, rest) != 0; group = nla_next(group, &rest)) {
    const auto* fields = static_cast<const nlattr*>(nla_data(group));
    const auto id =
        number_in<std::uint32_t>(nla_find(fields, nla_len(group), CTRL_ATTR_MCAST_GRP_ID));
    if (id != 0) family.groups.push_back(id);
  }
  return family;
}

}  // namespace

base::Result<KernelFamily> KernelFamily::resolve(const char* name) {
  const std::string context = std::string("resolve the generic netlink family ") + name;
  const Message message = request(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
  if (!message || nla_put_string(message.get(), CTRL_ATTR_FAMILY_NAME, name) < 0) {
    return base::Error{ENOMEM, context};
  }
  KernelFamily family;
  const auto status = Question(context.c_str(), GENL_ID_CTRL).ask(message, [&](auto payload) {
    family = family_in(payload);
    return false;
  });
  if (!status && status.error().code == ENOENT) {
    return base::Error{ENOENT, "no events layer (CONFIG_KERNEL_EVENTS)"};
  }
  if (!status) return status.error();
  if (family.id == 0 || family.groups.empty()) return base::Error{EPROTO, context};
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

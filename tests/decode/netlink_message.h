// SPDX-License-Identifier: LGPL-2.1-or-later
// A message of a generic netlink family as the kernel sends it, from the generic netlink header on.
#pragma once

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace kevent::decode {

class NetlinkMessage {
 public:
  explicit NetlinkMessage(std::uint8_t command) {
    const genlmsghdr header{command, 1, 0};
    append(&header, sizeof header);
  }

  NetlinkMessage& attribute(std::uint16_t type, const void* value, std::size_t size) {
    const nlattr header{static_cast<std::uint16_t>(sizeof(nlattr) + size), type};
    append(&header, sizeof header);
    append(value, size);
    bytes_.resize((bytes_.size() + 3) & ~std::size_t{3});
    return *this;
  }
  NetlinkMessage& number(std::uint16_t type, std::uint32_t value) {
    return attribute(type, &value, sizeof value);
  }
  NetlinkMessage& number64(std::uint16_t type, std::uint64_t value) {
    return attribute(type, &value, sizeof value);
  }
  // With the NUL that ends it.
  NetlinkMessage& text(std::uint16_t type, const std::string& value) {
    return attribute(type, value.c_str(), value.size() + 1);
  }

  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  void append(const void* data, std::size_t size) {
    const std::size_t used = bytes_.size();
    bytes_.resize(used + size);
    std::memcpy(bytes_.data() + used, data, size);
  }

  std::vector<std::byte> bytes_;
};

}  // namespace kevent::decode

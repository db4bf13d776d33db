// SPDX-License-Identifier: LGPL-2.1-or-later
// An answer of statmount(2), as the kernel would write it.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "service/decode/statmount.h"

namespace kevent::decode {

struct StatmountAnswer {
  StatmountHeader header;
  std::string strings = std::string(1, '\0');  // the kernel's empty string is the first

  StatmountAnswer() { header.mask = statmount_mask::kNeeded; }

  // The offset of a new string.
  std::uint32_t text(std::string_view text) {
    const auto offset = static_cast<std::uint32_t>(strings.size());
    strings.append(text).push_back('\0');
    return offset;
  }

  std::string bytes() {
    header.size = static_cast<std::uint32_t>(sizeof header + strings.size());
    std::string result(sizeof header, '\0');
    std::memcpy(result.data(), &header, sizeof header);
    return result + strings;
  }
};

// A tmpfs at /place.
inline StatmountAnswer tmpfs_answer() {
  StatmountAnswer answer;
  answer.header.id = 2'147'558'509;
  answer.header.device_minor = 39;
  answer.header.root_text = answer.text("/");
  answer.header.mount_point_text = answer.text("/place");
  answer.header.type_text = answer.text("tmpfs");
  return answer;
}

}  // namespace kevent::decode

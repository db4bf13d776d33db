// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/event/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace kevent::event {
namespace {

// Length of the clean character at the start of `bytes`; 0 when what stands there is not clean.
std::size_t clean_character(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const std::uint8_t first = at(0);
  if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;

  std::size_t length = 0;
  std::uint32_t code = 0;
  std::uint32_t smallest = 0;  // shorter forms of the same code point are invalid
  if ((first & 0xe0) == 0xc0) {
    length = 2, code = first & 0x1f, smallest = 0x80;
  } else if ((first & 0xf0) == 0xe0) {
    length = 3, code = first & 0x0f, smallest = 0x800;
  } else if ((first & 0xf8) == 0xf0) {
    length = 4, code = first & 0x07, smallest = 0x10000;
  } else {
    return 0;
  }
  if (bytes.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (at(i) & 0x3f);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  // systemd 252, src/basic/utf8.c: unichar_is_valid() refuses these, so a signal with one in it
  // would not be sent at all.
  const bool noncharacter = (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
  const bool control = code < 0xa0;
  if (code < smallest || code > 0x10ffff || surrogate || noncharacter || control) return 0;
  return length;
}

// Nearly all text is this, and it is quick to see.
bool is_printable_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

bool is_clean_text(std::string_view bytes) {
  if (is_printable_ascii(bytes)) return true;
  while (!bytes.empty()) {
    const std::size_t length = clean_character(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string clean_text(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = clean_character(bytes);
    if (length > 0) {
      text += bytes.substr(0, length);
      bytes.remove_prefix(length);
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(bytes.front());
    text += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    bytes.remove_prefix(1);
  }
  return text;
}

}  // namespace kevent::event

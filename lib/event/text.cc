// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>

namespace kevent::event {
namespace {

struct Character {
  std::size_t length = 0;  // bytes; 0: the text does not start with a clean character
  char32_t code = 0;
};

Character first_character(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const std::uint8_t first = at(0);
  if (first < 0x80) {
    return first >= 0x20 && first != 0x7f ? Character{1, first} : Character{};
  }

  std::size_t length = 0;
  char32_t code = 0;
  char32_t smallest = 0;  // shorter forms of the same code point are invalid
  if ((first & 0xe0) == 0xc0) {
    length = 2, code = first & 0x1f, smallest = 0x80;
  } else if ((first & 0xf0) == 0xe0) {
    length = 3, code = first & 0x0f, smallest = 0x800;
  } else if ((first & 0xf8) == 0xf0) {
    length = 4, code = first & 0x07, smallest = 0x10000;
  } else {
    return {};
  }
  if (bytes.size() < length) return {};
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xc0) != 0x80) return {};
    code = code << 6 | (at(i) & 0x3f);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  // systemd 252, src/basic/utf8.c: unichar_is_valid() refuses these, so a signal with one in it
  // would not be sent at all.
  const bool noncharacter = (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
  const bool control = code < 0xa0;
  if (code < smallest || code > 0x10ffff || surrogate || noncharacter || control) return {};
  return {length, code};
}

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15: general categories Cf, Zl and Zp, and the fillers among the default ignorable
// characters. Variation selectors are not listed: emoji are written with them.
constexpr Range kInvisible[] = {
    {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x0600, 0x0605},   {0x061c, 0x061c},
    {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x0890, 0x0891},   {0x08e2, 0x08e2},
    {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180e, 0x180e},   {0x200b, 0x200f},
    {0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
    {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff},
};

bool is_invisible(char32_t code) {
  const auto* range = std::lower_bound(std::begin(kInvisible), std::end(kInvisible), code,
                                       [](Range r, char32_t c) { return r.last < c; });
  return range != std::end(kInvisible) && range->first <= code;
}

std::string escaped(char32_t code) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "\\u{%04x}", static_cast<unsigned>(code));
  return text.data();
}

// Nearly all text is this, and it is quick to see.
bool is_printable_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

bool is_clean_text(std::string_view bytes) {
  if (is_printable_ascii(bytes)) return true;
  while (!bytes.empty()) {
    const std::size_t length = first_character(bytes).length;
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
    const std::size_t length = first_character(bytes).length;
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

std::string display_text(std::string_view bytes) {
  std::string text = clean_text(bytes);
  if (is_printable_ascii(text)) return text;
  std::string shown;
  shown.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = first_character(rest);
    if (is_invisible(character.code)) {
      shown += escaped(character.code);
    } else {
      shown += rest.substr(0, character.length);
    }
    rest.remove_prefix(character.length);
  }
  return shown;
}

std::string markup_text(std::string_view text) {
  std::string markup;
  for (const char c : text) {
    switch (c) {
      case '&':
        markup += "&amp;";
        break;
      case '<':
        markup += "&lt;";
        break;
      case '>':
        markup += "&gt;";
        break;
      case '"':
        markup += "&quot;";
        break;
      case '\'':
        markup += "&#39;";
        break;
      default:
        markup += c;
    }
  }
  return markup;
}

}  // namespace kevent::event

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/text.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <string_view>

namespace kevent::event {
namespace {

std::string utf8(char32_t code) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xc0 | code >> 6), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xe0 | code >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | code >> 18), tail(12), tail(6), tail(0)};
}

std::string escaped(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += std::string("\\x") + kHex[byte / 16] + kHex[byte % 16];
  }
  return text;
}

// `bytes` have no clean character among them.
void expect_all_escaped(std::string_view bytes) {
  EXPECT_FALSE(is_clean_text(bytes)) << escaped(bytes);
  EXPECT_EQ(clean_text(bytes), escaped(bytes));
}

void expect_clean(std::string_view text) {
  EXPECT_TRUE(is_clean_text(text)) << escaped(text);
  EXPECT_EQ(clean_text(text), text);
}

bool may_be_sent(char32_t code) {
  const bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0);
  const bool is_surrogate = code >= 0xd800 && code < 0xe000;
  const bool is_noncharacter =
      (code >= 0xfdd0 && code < 0xfdf0) || code % 0x10000 == 0xfffe || code % 0x10000 == 0xffff;
  return !is_control && !is_surrogate && !is_noncharacter;
}

TEST(Text, OfNothingIsClean) {
  expect_clean("");
}

TEST(Text, IsJudgedForEachCodePoint) {
  for (char32_t code = 0; code < 0x110000; ++code) {
    ASSERT_EQ(is_clean_text(utf8(code)), may_be_sent(code)) << std::hex << std::uint32_t{code};
  }
}

TEST(Text, OfControlCharactersIsEscaped) {
  expect_all_escaped(std::string_view("\0", 1));
  expect_all_escaped("\n");
  expect_all_escaped("\x1b");
  expect_all_escaped("\x7f");
  expect_all_escaped("\xc2\x80");  // C1, the first
  expect_all_escaped("\xc2\x9f");  // C1, the last
  expect_clean("\xc2\xa0");
}

TEST(Text, OfOverlongFormsIsEscaped) {
  expect_all_escaped("\xc0\x80");
  expect_all_escaped("\xc1\xbf");
  expect_all_escaped("\xe0\x80\xaf");
  expect_all_escaped("\xe0\x9f\xbf");
  expect_all_escaped("\xf0\x80\x80\xaf");
  expect_all_escaped("\xf0\x8f\xbf\xbf");
}

TEST(Text, OfSurrogatesIsEscaped) {
  expect_all_escaped("\xed\xa0\x80");
  expect_all_escaped("\xed\xbf\xbf");
}

TEST(Text, OfNoncharactersIsEscaped) {
  expect_all_escaped("\xef\xb7\x90");
  expect_all_escaped("\xef\xbf\xbe");
  expect_all_escaped("\xf4\x8f\xbf\xbf");
}

TEST(Text, BeyondTheLastCodePointIsEscaped) {
  expect_all_escaped("\xf4\x90\x80\x80");
  expect_all_escaped("\xf7\xbf\xbf\xbf");
  expect_all_escaped("\xf8\x88\x80\x80\x80");
  expect_all_escaped("\xff");
}

TEST(Text, ThatIsCutIsEscaped) {
  for (const std::string_view whole : {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x94\xa5"}) {
    for (std::size_t length = 1; length < whole.size(); ++length) {
      expect_all_escaped(whole.substr(0, length));
    }
  }
}

TEST(Text, OfLoneContinuationsIsEscaped) {
  expect_all_escaped("\x80");
  expect_all_escaped("\xbf\xbf");
}

TEST(Text, GoesOnAfterABadByte) {
  EXPECT_EQ(clean_text("a\xe2\x82z\xc3\xa4\xff\n!"), "a\\xe2\\x82z\xc3\xa4\\xff\\x0a!");
}

// An escape sequence that somebody wrote is text like any other; the Bytes key tells them apart.
TEST(Text, LeavesABackslashAlone) {
  expect_clean("\\x41");
}

TEST(Text, IsCleanOnceCleaned) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_TRUE(is_clean_text(clean_text(all)));
}

TEST(DisplayText, LeavesPlainTextAlone) {
  for (const std::string text :
       {"", "Caf\u00e9 \u65e5\u672c %n%s <b>&amp;</b>", "\u2764\ufe0f", "\u2010\u2027\u202f"}) {
    EXPECT_EQ(display_text(text), text);
  }
}

TEST(DisplayText, EscapesWhatCleanTextEscapes) {
  EXPECT_EQ(display_text("a\x1b[31mb\nc\x7f\u009b\xff"), "a\\x1b[31mb\\x0ac\\x7f\\xc2\\x9b\\xff");
}

TEST(DisplayText, EscapesInvisibleCharacters) {
  for (const char32_t code :
       {U'\u00ad', U'\u034f', U'\u061c', U'\u115f',     U'\u180e',    U'\u200b',
        U'\u200d', U'\u200e', U'\u200f', U'\u2028',     U'\u2029',    U'\u202a',
        U'\u202e', U'\u2060', U'\u2066', U'\u2069',     U'\u206f',    U'\u3164',
        U'\ufeff', U'\uffa0', U'\ufff9', U'\U000e0001', U'\U000e007f'}) {
    std::array<char, 16> escape{};
    std::snprintf(escape.data(), escape.size(), "\\u{%04x}", static_cast<unsigned>(code));
    EXPECT_EQ(display_text("x" + utf8(code) + "y"), "x" + std::string(escape.data()) + "y");
  }
}

TEST(DisplayText, LeavesTheirNeighboursAlone) {
  for (const char32_t code :
       {U'\u00ac', U'\u00ae', U'\u061b', U'\u061d', U'\u200a', U'\u2010', U'\u2027', U'\u202f',
        U'\u205f', U'\u2070', U'\ufefe', U'\ufffc', U'\U000e0100'}) {
    EXPECT_EQ(display_text(utf8(code)), utf8(code)) << static_cast<unsigned>(code);
  }
}

TEST(MarkupText, EscapesMarkupAlone) {
  EXPECT_EQ(markup_text("<b>\"%1\" &\n'\u00e9'</b>"),
            "&lt;b&gt;&quot;%1&quot; &amp;\n&#39;\u00e9&#39;&lt;/b&gt;");
}

}  // namespace
}  // namespace kevent::event

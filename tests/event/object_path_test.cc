// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/object_path.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace kevent::event {
namespace {

bool is_letter_digit_or_underscore(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// The D-Bus specification, "Valid Object Paths".
bool is_legal_object_path(std::string_view path) {
  if (path == "/") return true;
  if (!path.starts_with('/') || path.ends_with('/')) return false;
  char before = ' ';
  for (const char c : path) {
    if (c == '/' ? before == '/' : !is_letter_digit_or_underscore(c)) return false;
    before = c;
  }
  return true;
}

// The D-Bus specification, "Member names".
bool is_legal_member(std::string_view member) {
  if (member.empty() || member.size() > 255) return false;
  if (member.front() >= '0' && member.front() <= '9') return false;
  for (const char c : member) {
    if (!is_letter_digit_or_underscore(c)) return false;
  }
  return true;
}

void expect_pair(std::string_view kernel_path, std::string_view path) {
  EXPECT_EQ(object_path(kernel_path), path);
  EXPECT_EQ(parse_object_path(path), kernel_path);
}

// R1
TEST(ObjectPath, StartsAtOrgKernel) {
  expect_pair("/", "/org/kernel");
  expect_pair("/devices", "/org/kernel/devices");
  expect_pair("/devices/virtual/block/loop0", "/org/kernel/devices/virtual/block/loop0");
}

// R2
TEST(ObjectPath, EscapesTheExamplesOfTheContract) {
  expect_pair("/devices/pci0000:00/0000:00:1f.2",
              "/org/kernel/devices/pci0000_3a00/0000_3a00_3a1f_2e2");
  expect_pair("/cpu_capacity", "/org/kernel/cpu_5fcapacity");
}

// R2
TEST(ObjectPath, EscapesEveryByteButLettersAndDigits) {
  static constexpr char kHex[] = "0123456789abcdef";
  for (int value = 1; value < 256; ++value) {
    const char byte = static_cast<char>(value);
    if (byte == '/') continue;
    std::string element{byte};
    if (!is_letter_digit_or_underscore(byte) || byte == '_') {
      element = {'_', kHex[value / 16], kHex[value % 16]};
    }
    expect_pair(std::string("/a") + byte, "/org/kernel/a" + element);
  }
}

// R3
TEST(ObjectPath, IsOneToOneAndLegalForAnyBytes) {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same paths in each run
  for (int round = 0; round < 20'000; ++round) {
    std::string path;
    const auto elements = random() % 4 + 1;
    for (std::size_t i = 0; i < elements; ++i) {
      path += '/';
      const auto length = random() % 8 + 1;
      for (std::size_t j = 0; j < length; ++j) {
        const char byte = static_cast<char>(random() % 255 + 1);
        path += byte == '/' ? '_' : byte;
      }
    }
    if (!is_kernel_path(path)) continue;  // "." and ".."
    ASSERT_TRUE(is_legal_object_path(object_path(path))) << object_path(path);
    ASSERT_EQ(parse_object_path(object_path(path)), path);
  }
}

// R3: over all short texts of the letters that matter, what is taken is given back.
TEST(ObjectPath, ParsesOnlyWhatItGives) {
  static constexpr std::string_view kLetters = "/_2f5aA.";
  std::size_t taken = 0;
  for (std::size_t number = 0; number < 8 * 8 * 8 * 8 * 8; ++number) {
    std::string path = "/org/kernel";
    for (std::size_t rest = number, i = 0; i < 5; ++i, rest /= 8) path += kLetters[rest % 8];
    const auto parsed = parse_object_path(path);
    if (!parsed) continue;
    ++taken;
    ASSERT_EQ(object_path(*parsed), path);
  }
  EXPECT_GT(taken, 100U);
}

// R3
TEST(ObjectPath, RefusesWhatIsNotCanonical) {
  for (const std::string_view path : {
           "/org/kernel/a_3A",     // upper-case hex
           "/org/kernel/a_61",     // a plain byte, escaped
           "/org/kernel/a_2f",     // a slash, escaped
           "/org/kernel/a_00",     // NUL
           "/org/kernel/a_",       // cut
           "/org/kernel/a_5",      // cut
           "/org/kernel/a_5/f",    // cut by the end of the element
           "/org/kernel/a__5f",    // no hex digits
           "/org/kernel/a_g0",     // no hex digits
           "/org/kernel/a.b",      // not escaped
           "/org/kernel/_2e",      // "."
           "/org/kernel/_2e_2e",   // ".."
           "/org/kernel/a/_2e/b",  // "."
       }) {
    EXPECT_EQ(parse_object_path(path), std::nullopt) << path;
  }
}

// R3
TEST(ObjectPath, RefusesEmptyElements) {
  for (const std::string_view path :
       {"/org/kernel/", "/org/kernel/a/", "/org/kernel//a", "/org/kernel/a//b", "//org/kernel"}) {
    EXPECT_EQ(parse_object_path(path), std::nullopt) << path;
  }
}

// R3
TEST(ObjectPath, RefusesWhatLiesElsewhere) {
  for (const std::string_view path :
       {"", "/", "/org", "/org/kerne", "/org/kernels", "/org/kernela/b", "org/kernel/a", "/a"}) {
    EXPECT_EQ(parse_object_path(path), std::nullopt) << path;
  }
  EXPECT_EQ(parse_object_path(std::string_view("/org/kernel/a\0", 14)), std::nullopt);
}

TEST(KernelPath, IsAbsoluteWithoutDotsAndEmptyElements) {
  for (const std::string_view path : {"/", "/a", "/a/b", "/...", "/.a", "/a..", "/\xff\n "}) {
    EXPECT_TRUE(is_kernel_path(path)) << path;
  }
  for (const std::string_view path :
       {"", "a", "a/b", "//", "//a", "/a/", "/a//b", "/.", "/..", "/./a", "/a/..", "/a/./b"}) {
    EXPECT_FALSE(is_kernel_path(path)) << path;
  }
}

TEST(KernelPath, HasNoNul) {
  EXPECT_FALSE(is_kernel_path(std::string_view("/a\0b", 4)));
  EXPECT_FALSE(is_kernel_path(std::string_view("/a\0", 3)));
}

TEST(KernelPath, LiesBelowAnotherByWholeElements) {
  EXPECT_TRUE(is_at_or_below("/a/b", "/a/b"));
  EXPECT_TRUE(is_at_or_below("/a/b/c", "/a/b"));
  EXPECT_FALSE(is_at_or_below("/a/bc", "/a/b"));
  EXPECT_FALSE(is_at_or_below("/a", "/a/b"));
  EXPECT_FALSE(is_at_or_below("/c", "/a"));
}

TEST(KernelPath, AlwaysLiesBelowTheRoot) {
  EXPECT_TRUE(is_at_or_below("/", "/"));
  EXPECT_TRUE(is_at_or_below("/a", "/"));
  EXPECT_FALSE(is_at_or_below("/", "/a"));
}

TEST(MemberName, KeepsWhatIsLegal) {
  for (const std::string_view signal : {"add", "media_change", "_x", "A1"}) {
    EXPECT_EQ(member_name(signal), signal);
  }
}

TEST(MemberName, ReplacesEachIllegalByte) {
  EXPECT_EQ(member_name("a-b c.d"), "a_b_c_d");
  EXPECT_EQ(member_name("\xc3\xa4"), "__");
  EXPECT_EQ(member_name(std::string_view("a\0b", 3)), "a_b");
}

TEST(MemberName, DoesNotStartWithADigit) {
  EXPECT_EQ(member_name("3d"), "_3d");
}

TEST(MemberName, IsNotEmpty) {
  EXPECT_EQ(member_name(""), "_");
}

TEST(MemberName, EndsAt255Bytes) {
  EXPECT_EQ(member_name(std::string(255, 'a')), std::string(255, 'a'));
  EXPECT_EQ(member_name(std::string(256, 'a')), std::string(255, 'a'));
  EXPECT_EQ(member_name(std::string(255, '1')), "_" + std::string(254, '1'));
}

TEST(MemberName, IsLegalForAnyByte) {
  for (int byte = 0; byte < 256; ++byte) {
    EXPECT_TRUE(is_legal_member(member_name(std::string(2, static_cast<char>(byte))))) << byte;
  }
}

}  // namespace
}  // namespace kevent::event

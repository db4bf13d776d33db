// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/checksum.h"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>

namespace kevent::log {
namespace {

std::uint32_t crc_of(std::string_view bytes, std::uint32_t previous = 0) {
  return crc32c(std::as_bytes(std::span(bytes)), previous);
}

// RFC 3720, B.4, and the check value of the catalogue of CRCs.
TEST(Crc32c, HasThePublishedValues) {
  EXPECT_EQ(crc_of(""), 0U);
  EXPECT_EQ(crc_of("123456789"), 0xe3069283U);
  EXPECT_EQ(crc_of(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(crc_of(std::string(32, '\xff')), 0x62a8ab43U);
}

TEST(Crc32c, IsTheSameInPieces) {
  const std::string_view bytes = "what the kernel said, in two pieces of any length";
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    EXPECT_EQ(crc_of(bytes.substr(length), crc_of(bytes.substr(0, length))), crc_of(bytes));
  }
}

TEST(Crc32c, IsTheSameOnAnyProcessor) {
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    EXPECT_EQ(crc_of(bytes, 17), crc32c_by_tables(std::as_bytes(std::span(bytes)), 17)) << length;
    bytes.push_back(static_cast<char>(length * 31));
  }
}

}  // namespace
}  // namespace kevent::log

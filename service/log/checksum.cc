// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/log/checksum.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace kevent::log {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78;  // reflected

// kTables[0][b] is what the byte b does to the remainder; kTables[n][b] the same with n zero bytes
// after it. With eight of them, eight bytes are done at once: recovery has to be quick.
using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? kPolynomial : 0);
    }
    tables[0][byte] = remainder;
  }
  for (std::size_t zeros = 1; zeros < tables.size(); ++zeros) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t shorter = tables[zeros - 1][byte];
      tables[zeros][byte] = (shorter >> 8) ^ tables[0][shorter & 0xff];
    }
  }
  return tables;
}

constexpr Tables kTables = make_tables();

#if defined(__x86_64__)
// One record in a while finds the tables out of the processor's caches: then they cost more than
// all else that is done for it.
__attribute__((target("sse4.2"))) std::uint32_t crc32c_by_instruction(
    std::span<const std::byte> bytes, std::uint32_t previous) {
  std::uint64_t crc = ~previous;
  while (bytes.size() >= sizeof(std::uint64_t)) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    crc = _mm_crc32_u64(crc, value);
    bytes = bytes.subspan(sizeof value);
  }
  auto rest = static_cast<std::uint32_t>(crc);
  for (const std::byte byte : bytes) {
    rest = _mm_crc32_u8(rest, std::to_integer<std::uint8_t>(byte));
  }
  return ~rest;
}
#endif

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t previous) {
#if defined(__x86_64__)
  static const bool kHasInstruction = __builtin_cpu_supports("sse4.2") != 0;
  if (kHasInstruction) return crc32c_by_instruction(bytes, previous);
#endif
  return crc32c_by_tables(bytes, previous);
}

std::uint32_t crc32c_by_tables(std::span<const std::byte> bytes, std::uint32_t previous) {
  const auto value = [&](std::size_t i) { return std::to_integer<std::uint32_t>(bytes[i]); };
  std::uint32_t crc = ~previous;
  while (bytes.size() >= 8) {
    const std::uint32_t low = crc ^ (value(0) | value(1) << 8 | value(2) << 16 | value(3) << 24);
    crc = kTables[7][low & 0xff] ^ kTables[6][low >> 8 & 0xff] ^ kTables[5][low >> 16 & 0xff] ^
          kTables[4][low >> 24] ^ kTables[3][value(4)] ^ kTables[2][value(5)] ^
          kTables[1][value(6)] ^ kTables[0][value(7)];
    bytes = bytes.subspan(8);
  }
  for (const std::byte byte : bytes) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xff];
  }
  return ~crc;
}

}  // namespace kevent::log

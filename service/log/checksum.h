// SPDX-License-Identifier: LGPL-2.1-or-later
// CRC-32C (Castagnoli), by which a record, the log's header and a snapshot prove that they are
// whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kevent::log {

// The checksum of `bytes`. Where the bytes are in several pieces: of the pieces before them in
// `previous`.
std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t previous = 0);

// The same without the processor's own instruction, which crc32c() uses where there is one.
std::uint32_t crc32c_by_tables(std::span<const std::byte> bytes, std::uint32_t previous = 0);

}  // namespace kevent::log

// SPDX-License-Identifier: LGPL-2.1-or-later
// What the fuzzing programs hold decoders to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace kevent::fuzz {

// A property of the code under test. Where it does not hold the program ends, as a fuzzer wants it.
inline void holds(bool property, const char* what) {
  if (property) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace kevent::fuzz

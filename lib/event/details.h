// SPDX-License-Identifier: LGPL-2.1-or-later
// The typed key-value pairs of an event: what D-Bus carries as a{sv}, without knowing D-Bus.
//
// A string is always clean text. Where the kernel's bytes are not, the key holds them escaped and
// the key with "Bytes" appended holds the original.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kevent::event {

struct DeviceNumber {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  auto operator<=>(const DeviceNumber&) const = default;
};

using Bytes = std::vector<std::uint8_t>;
using Environment = std::vector<std::pair<std::string, std::string>>;  // in the kernel's order

using Texts = std::vector<std::string>;  // each clean text

// D-Bus types, in order: b i u t s (uu) a{ss} ay as. The order is that of the log's type numbers:
// append only.
using Value = std::variant<bool, std::int32_t, std::uint32_t, std::uint64_t, std::string,
                           DeviceNumber, Environment, Bytes, Texts>;

class Details {
 public:
  using Entry = std::pair<std::string, Value>;

  // Sets or replaces. A std::string in `value` must be clean text: use set_text() for bytes that
  // come from the kernel.
  void set(std::string_view key, Value value);

  // Sets `key` to the clean text of `bytes`, and `key` + "Bytes" where that is not the same.
  void set_text(std::string_view key, std::string_view bytes);

  const Value* find(std::string_view key) const;

  // The value, when the key is there and has this type.
  template <typename T>
  const T* get(std::string_view key) const {
    const Value* value = find(key);
    return value == nullptr ? nullptr : std::get_if<T>(value);
  }

  // The bytes that were given to set_text(); nothing when the key is not there.
  std::optional<std::string> text_bytes(std::string_view key) const;

  const std::vector<Entry>& entries() const { return entries_; }
  bool operator==(const Details&) const = default;

 private:
  std::vector<Entry> entries_;  // a dozen at most: a search is faster than a map
};

}  // namespace kevent::event

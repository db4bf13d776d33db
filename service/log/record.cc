// SPDX-License-Identifier: LGPL-2.1-or-later
// The form: sequence, time, group, priority, object, signal, number of details, and for each of
// them key, type (the index in event::Value) and value. A text is its length in 32 bits and its
// bytes; a list is its length in 32 bits and its members.
#include "service/log/record.h"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <variant>

namespace kevent::log {
namespace {

using event::Bytes;
using event::DeviceNumber;
using event::Environment;
using event::Value;

class Writer {
 public:
  explicit Writer(std::string& bytes) : bytes_(bytes) {}

  template <typename T>
  void number(T value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.append(raw, sizeof value);
  }

  void length(std::size_t value) { number(static_cast<std::uint32_t>(value)); }

  void text(std::string_view value) {
    length(value.size());
    bytes_ += value;
  }

  void value(bool flag) { number(std::uint8_t{flag}); }
  void value(std::int32_t integer) { number(integer); }
  void value(std::uint32_t integer) { number(integer); }
  void value(std::uint64_t integer) { number(integer); }
  void value(const std::string& string) { text(string); }
  void value(const DeviceNumber& device) {
    number(device.major);
    number(device.minor);
  }
  void value(const Environment& environment) {
    length(environment.size());
    for (const auto& [key, string] : environment) {
      text(key);
      text(string);
    }
  }
  void value(const event::Texts& texts) {
    length(texts.size());
    for (const std::string& string : texts) text(string);
  }
  void value(const Bytes& array) {
    length(array.size());
    bytes_.append(array.begin(), array.end());
  }

 private:
  std::string& bytes_;
};

// Each read() is false, and the rest worthless, once the bytes have ended too early or hold what no
// Writer writes.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool at_end() const { return bytes_.empty(); }

  template <typename T>
  requires std::is_integral_v<T>
  bool read(T& number) {
    if (bytes_.size() < sizeof number) return false;
    std::memcpy(&number, bytes_.data(), sizeof number);
    bytes_ = bytes_.subspan(sizeof number);
    return true;
  }

  bool read(bool& flag) {
    std::uint8_t raw = 0;
    if (!read(raw) || raw > 1) return false;
    flag = raw == 1;
    return true;
  }

  bool read(std::string& text) { return read_array(text); }
  bool read(Bytes& array) { return read_array(array); }
  bool read(DeviceNumber& device) { return read(device.major) && read(device.minor); }

  bool read(Environment& environment) {
    std::uint32_t count = 0;
    if (!read(count)) return false;
    for (; count > 0; --count) {
      auto& [key, value] = environment.emplace_back();
      if (!read(key) || !read(value)) return false;
    }
    return true;
  }

  bool read(event::Texts& texts) {
    std::uint32_t count = 0;
    if (!read(count)) return false;
    for (; count > 0; --count) {
      if (!read(texts.emplace_back())) return false;
    }
    return true;
  }

  bool read(event::Group& group) {
    std::uint8_t raw = 0;
    if (!read(raw) || raw >= event::kAllGroups.size()) return false;
    group = event::kAllGroups[raw];
    return true;
  }

  // A value of the type number `index`.
  template <std::size_t kIndex = 0>
  bool read(std::size_t index, Value& value) {
    if constexpr (kIndex < std::variant_size_v<Value>) {
      if (index != kIndex) return read<kIndex + 1>(index, value);
      return read(value.emplace<kIndex>());
    }
    return false;
  }

  bool read(event::Details& details) {
    std::uint32_t count = 0;
    if (!read(count)) return false;
    for (; count > 0; --count) {
      std::string key;
      std::uint8_t type = 0;
      Value value;
      if (!read(key) || !read(type) || !read(type, value)) return false;
      if (details.find(key) != nullptr) return false;  // Details never holds a key twice
      details.set(key, std::move(value));
    }
    return true;
  }

 private:
  template <typename Array>
  bool read_array(Array& array) {
    std::uint32_t length = 0;
    if (!read(length) || bytes_.size() < length) return false;
    array.resize(length);
    if (length > 0) std::memcpy(array.data(), bytes_.data(), length);
    bytes_ = bytes_.subspan(length);
    return true;
  }

  std::span<const std::byte> bytes_;
};

static_assert(event::kAllGroups.back() == event::Group::kHotplug && event::kAllGroups.size() == 5,
              "a group is stored as its number, which is its place in kAllGroups");

}  // namespace

void encode_event(const event::Event& event, std::uint64_t sequence, std::string& bytes) {
  Writer writer(bytes);
  writer.number(sequence);
  writer.number(event.time_us);
  writer.number(static_cast<std::uint8_t>(event.group));
  writer.number(event.priority);
  writer.text(event.object);
  writer.text(event.signal);
  writer.length(event.details.entries().size());
  for (const auto& [key, value] : event.details.entries()) {
    writer.text(key);
    writer.number(static_cast<std::uint8_t>(value.index()));
    std::visit([&](const auto& alternative) { writer.value(alternative); }, value);
  }
}

std::optional<event::Event> decode_event(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  event::Event event;
  if (reader.read(event.sequence) && reader.read(event.time_us) && reader.read(event.group) &&
      reader.read(event.priority) && reader.read(event.object) && reader.read(event.signal) &&
      reader.read(event.details) && reader.at_end()) {
    return event;
  }
  return std::nullopt;
}

}  // namespace kevent::log

// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/event/object_path.h"

#include <cstddef>
#include <cstdint>

namespace kevent::event {
namespace {

constexpr char kHex[] = "0123456789abcdef";
constexpr std::size_t kLongestMember = 255;

// Not isalnum(): that asks the locale.
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_plain(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

bool is_kernel_path(std::string_view path) {
  if (path == "/") return true;
  if (path.empty() || path.front() != '/' || path.find('\0') != path.npos) return false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = path.find('/');
    const std::string_view element = path.substr(0, end);
    if (element.empty() || element == "." || element == "..") return false;
    path.remove_prefix(element.size());
  }
  return true;
}

std::string object_path(std::string_view kernel_path) {
  std::string path(kRootObjectPath);
  if (kernel_path == "/") return path;
  path.reserve(path.size() + kernel_path.size() + 16);
  for (const char c : kernel_path) {
    if (c == '/' || is_plain(c)) {
      path += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      path += {'_', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return path;
}

std::optional<std::string> parse_object_path(std::string_view object_path) {
  if (!object_path.starts_with(kRootObjectPath)) return std::nullopt;
  object_path.remove_prefix(kRootObjectPath.size());
  if (object_path.empty()) return "/";

  std::string path;
  path.reserve(object_path.size());
  for (std::size_t i = 0; i < object_path.size(); ++i) {
    const char c = object_path[i];
    if (c == '/' || is_plain(c)) {
      path += c;
      continue;
    }
    if (c != '_' || i + 2 >= object_path.size()) return std::nullopt;
    const int high = hex_value(object_path[i + 1]);
    const int low = hex_value(object_path[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    const char byte = static_cast<char>(high << 4 | low);
    if (is_plain(byte) || byte == '/') return std::nullopt;  // R3: only the canonical escape
    path += byte;
    i += 2;
  }
  if (path == "/" || !is_kernel_path(path)) return std::nullopt;
  return path;
}

std::string member_name(std::string_view signal) {
  std::string member;
  if (signal.empty() || is_digit(signal.front())) member += '_';
  for (const char c : signal) member += is_plain(c) ? c : '_';
  if (member.size() > kLongestMember) member.resize(kLongestMember);
  return member;
}

bool is_at_or_below(std::string_view object, std::string_view ancestor) {
  if (ancestor == "/") return true;
  return object.starts_with(ancestor) &&
         (object.size() == ancestor.size() || object[ancestor.size()] == '/');
}

}  // namespace kevent::event

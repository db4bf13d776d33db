// SPDX-License-Identifier: LGPL-2.1-or-later
// The map between kernel paths and D-Bus paths, in both directions, and member names.
#include <algorithm>
#include <string>

#include "lib/event/object_path.h"
#include "tests/fuzz/property.h"

namespace {

using kevent::fuzz::holds;
namespace event = kevent::event;

bool is_member_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// D-Bus specification, "Valid Object Paths".
bool is_legal_path(std::string_view path) {
  return path.starts_with('/') && !path.ends_with('/') && path.find("//") == path.npos &&
         std::all_of(path.begin(), path.end(),
                     [](char c) { return c == '/' || is_member_byte(c); });
}

void check_kernel_path(std::string_view path) {
  if (!event::is_kernel_path(path)) return;
  const std::string mapped = event::object_path(path);
  holds(is_legal_path(mapped), "D-Bus takes every path");
  holds(event::parse_object_path(mapped) == path, "a path is found again");
}

void check_object_path(std::string_view path) {
  const auto kernel_path = event::parse_object_path(path);
  if (!kernel_path) return;
  holds(event::is_kernel_path(*kernel_path), "only kernel paths are named");
  holds(event::object_path(*kernel_path) == path, "each kernel path has one name");
}

void check_member_name(std::string_view signal) {
  const std::string member = event::member_name(signal);
  holds(!member.empty() && member.size() <= 255, "a member has 1 to 255 bytes");
  holds(std::all_of(member.begin(), member.end(), is_member_byte), "D-Bus takes every member");
  holds(member[0] < '0' || member[0] > '9', "no member starts with a digit");
  holds(event::member_name(member) == member, "a member is its own member");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = kevent::fuzz::text_of(data, size);
  check_kernel_path(text);
  check_kernel_path("/" + std::string(text));
  check_object_path(text);
  check_object_path(std::string(event::kRootObjectPath) + "/" + std::string(text));
  check_member_name(text);
  return 0;
}

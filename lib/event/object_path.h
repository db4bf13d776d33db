// SPDX-License-Identifier: LGPL-2.1-or-later
// Kernel object path <-> D-Bus object path, and signal -> member name.
//
// Rules:
//   R1  "/" is /org/kernel, "/X" is /org/kernel/X.
//   R2  Each element is escaped byte by byte: [A-Za-z0-9] stay, every other byte, '_' too, becomes
//       '_' and two lower-case hex digits.
//   R3  One to one: parse_object_path() takes what object_path() gives, and nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kevent::event {

inline constexpr std::string_view kRootObjectPath = "/org/kernel";

// True for what names a kernel object: "/", or "/a/b" without empty, "." or ".." elements, without
// NUL, and not ending in '/'.
bool is_kernel_path(std::string_view path);

// The D-Bus path of a kernel path (is_kernel_path() holds). Legal for D-Bus whatever bytes it has.
std::string object_path(std::string_view kernel_path);

// The kernel path of a D-Bus path; nothing when no kernel path maps to it.
std::optional<std::string> parse_object_path(std::string_view object_path);

// The D-Bus member for a signal: bytes other than [A-Za-z0-9_] become '_'; one that is empty or
// starts with a digit gets a '_' in front; it ends at 255 bytes.
std::string member_name(std::string_view signal);

// True when `object` is `ancestor` or lies below it, element by element.
bool is_at_or_below(std::string_view object, std::string_view ancestor);

}  // namespace kevent::event

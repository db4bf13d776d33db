// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/statmount.h"

#include <linux/mount.h>

#include <cstring>
#include <string>

#include "service/decode/mount_root.h"

namespace kevent::decode {
namespace {

struct Option {
  std::uint64_t bit;
  std::string_view word;
};

// Linux 6.18, fs/proc_namespace.c: show_mnt_opts() and show_sb_opts(), in their order.
constexpr Option kMountOptions[] = {
    {MOUNT_ATTR_NOSUID, "nosuid"},         {MOUNT_ATTR_NODEV, "nodev"},
    {MOUNT_ATTR_NOEXEC, "noexec"},         {MOUNT_ATTR_NOATIME, "noatime"},
    {MOUNT_ATTR_NODIRATIME, "nodiratime"},
};
constexpr Option kFileSystemOptions[] = {
    {MS_SYNCHRONOUS, "sync"},
    {MS_DIRSYNC, "dirsync"},
    {MS_LAZYTIME, "lazytime"},
};

void append(std::string& options, std::string_view option) {
  if (option.empty()) return;
  options.append(options.empty() ? "" : ",").append(option);
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// C3: "\040" is a space.
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && is_octal(text[i + 1]) && is_octal(text[i + 2]) &&
        is_octal(text[i + 3])) {
      result += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                  (text[i + 3] - '0'));
      i += 3;
    } else {
      result += text[i];
    }
  }
  return result;
}

// C1.
std::string options_of(const StatmountHeader& header, std::string_view more) {
  const bool read_only =
      (header.attributes & MOUNT_ATTR_RDONLY) != 0 || (header.file_system_flags & MS_RDONLY) != 0;
  std::string options = read_only ? "ro" : "rw";
  for (const Option& option : kMountOptions) {
    if ((header.attributes & option.bit) != 0) append(options, option.word);
  }
  if ((header.attributes & MOUNT_ATTR__ATIME) == MOUNT_ATTR_RELATIME) append(options, "relatime");
  if ((header.attributes & MOUNT_ATTR_NOSYMFOLLOW) != 0) append(options, "nosymfollow");
  if ((header.attributes & MOUNT_ATTR_IDMAP) != 0) append(options, "idmapped");
  for (const Option& option : kFileSystemOptions) {
    if ((header.file_system_flags & option.bit) != 0) append(options, option.word);
  }
  append(options, unescaped(more));
  return options;
}

// The strings behind the header.
class Strings {
 public:
  explicit Strings(std::string_view bytes) : bytes_(bytes) {}

  // The one at `offset`. It ends at its zero; without one the answer is broken.
  std::string_view at(std::uint32_t offset) {
    const std::size_t end =
        offset < bytes_.size() ? bytes_.find('\0', offset) : std::string_view::npos;
    if (end == std::string_view::npos) {
      whole_ = false;
      return {};
    }
    return bytes_.substr(offset, end - offset);
  }

  bool whole() const { return whole_; }

 private:
  std::string_view bytes_;
  bool whole_ = true;
};

}  // namespace

std::optional<event::Mount> parse_statmount(std::string_view bytes) {
  StatmountHeader header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.size < sizeof header || header.size > bytes.size() ||
      (header.mask & statmount_mask::kNeeded) != statmount_mask::kNeeded) {
    return std::nullopt;
  }
  Strings strings(bytes.substr(sizeof header, header.size - sizeof header));
  const auto wanted = [&](std::uint64_t bit, std::uint32_t offset) {
    return (header.mask & bit) != 0 ? strings.at(offset) : std::string_view();
  };

  event::Mount mount;
  mount.id = header.id;
  mount.device = {header.device_major, header.device_minor};
  mount.root = without_deleted(strings.at(header.root_text));
  mount.mount_point = strings.at(header.mount_point_text);
  mount.file_system = strings.at(header.type_text);
  if (const auto subtype = wanted(statmount_mask::kSubtype, header.subtype_text);
      !subtype.empty()) {
    mount.file_system.append(".").append(subtype);
  }
  mount.source = wanted(statmount_mask::kSource, header.source_text);
  if (mount.source.empty()) mount.source = "none";  // C2
  mount.options = options_of(header, wanted(statmount_mask::kOptions, header.options_text));
  if (!strings.whole() || mount.file_system.empty()) return std::nullopt;
  return mount;
}

}  // namespace kevent::decode

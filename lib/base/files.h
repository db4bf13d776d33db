// SPDX-License-Identifier: LGPL-2.1-or-later
// Files and folders: the only place of the service that calls open(2). Everything is opened with
// O_CLOEXEC, EINTR is handled here and nowhere else, short reads and writes are carried on.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/file_descriptor.h"
#include "lib/base/result.h"

namespace kevent::base {

Result<FileDescriptor> open_file(const std::string& path, int flags, mode_t mode = 0600);

// The whole file, for files of the kernel whose size is not known before. E2BIG above `limit`
// bytes.
Result<std::string> read_file(const std::string& path, std::size_t limit = 64 << 20);

// One attribute of sysfs or procfs without its last newline.
Result<std::string> read_attribute(const std::string& path);

// Replaces `path` in one step: a reader sees the old bytes or the new, never a mixture, also when
// this process is killed in between.
Status replace_file(const std::string& path, std::string_view content);

// As many bytes as there are at `offset`, at most the span's size; fewer only at the end of file.
Result<std::size_t> read_at(const FileDescriptor& file, std::span<std::byte> buffer, off_t offset);

// All of the span, or an error.
Status write_at(const FileDescriptor& file, std::span<const std::byte> bytes, off_t offset);

Result<std::uint64_t> file_size(const FileDescriptor& file);

// Gives the file blocks up to `size` now, so that writing there can't fail for want of space later.
Status reserve(const FileDescriptor& file, std::uint64_t size);

// Takes the file's exclusive lock, which lasts until the descriptor is closed. EWOULDBLOCK when
// another one has it.
Status lock_file(const FileDescriptor& file);

// One folder, whose parent must exist. One that is there already is fine.
Status make_directory(const std::string& path, mode_t mode = 0755);

// In one step, over whatever file has the name `to`.
Status rename_file(const std::string& from, const std::string& to);

// A file that is not there is fine.
Status remove_file(const std::string& path);

// The target of a symbolic link as written. EINVAL when it is none.
Result<std::string> read_link(const std::string& path);

// The names in a folder, sorted, without "." and "..".
Result<std::vector<std::string>> list_folder(const std::string& path);

// A file that was found by resolve_beneath().
struct Resolved {
  std::string path;  // below the root, without links and dots; "/" is the root itself
  mode_t mode;       // only the file's type
  dev_t device;      // of a device node
};

// What `path` (with or without a '/' in front, which means `root`) leads to. Links are followed,
// but nothing leads out of `root`, nor into another mount (EXDEV): a name from an untrusted caller
// can't make the service wait for a filesystem that the caller serves, or expose files that only
// the service can read.
//
// Walks with openat(2), element by element, although openat2(2) does the same in one call:
// systemd's RestrictSUIDSGID= answers that one with ENOSYS, since a filter can't look into its
// argument.
Result<Resolved> resolve_beneath(const std::string& root, const std::string& path);

// False when nothing has this name, not even a link without a target.
Result<bool> path_exists(const std::string& path);

}  // namespace kevent::base

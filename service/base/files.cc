// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/base/files.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

namespace kevent::base {
namespace {

template <typename Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

}  // namespace

Result<FileDescriptor> open_file(const std::string& path, int flags, mode_t mode) {
  FileDescriptor file(retry([&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); }));
  if (!file.valid()) return last_error("open " + path);
  return file;
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  auto file = open_file(path, O_RDONLY);
  if (!file) return file.error();
  std::string content;
  std::size_t used = 0;
  for (;;) {
    // Grows by doubling from a page, so a large table of the kernel is read in few calls.
    if (used == content.size()) content.resize(used == 0 ? 4096 : used * 2);
    const ssize_t count =
        retry([&] { return ::read(file->get(), content.data() + used, content.size() - used); });
    if (count < 0) return last_error("read " + path);
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used > limit) return Error{E2BIG, "read " + path};
  }
  content.resize(used);
  return content;
}

std::optional<std::string> read_attribute(const std::string& path) {
  auto content = read_file(path, 1 << 20);
  if (!content) return std::nullopt;
  if (content->ends_with('\n')) content->pop_back();
  return std::move(*content);
}

Status replace_file(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".new";
  auto file = open_file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file) return file.error();
  auto written = write_at(*file, std::as_bytes(std::span(content)), 0);
  if (written) written = rename_file(temporary, path);
  if (!written) ::unlink(temporary.c_str());
  return written;
}

Result<std::size_t> read_at(const FileDescriptor& file, std::span<std::byte> buffer, off_t offset) {
  std::size_t used = 0;
  while (used < buffer.size()) {
    const ssize_t count = retry([&] {
      return ::pread(file.get(), buffer.data() + used, buffer.size() - used,
                     offset + static_cast<off_t>(used));
    });
    if (count < 0) return last_error("pread");
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  return used;
}

Status write_at(const FileDescriptor& file, std::span<const std::byte> bytes, off_t offset) {
  std::size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t count = retry([&] {
      return ::pwrite(file.get(), bytes.data() + used, bytes.size() - used,
                      offset + static_cast<off_t>(used));
    });
    if (count < 0) return last_error("pwrite");
    if (count == 0) return Error{EIO, "pwrite wrote nothing"};
    used += static_cast<std::size_t>(count);
  }
  return Done{};
}

Result<std::uint64_t> file_size(const FileDescriptor& file) {
  struct stat status;
  if (::fstat(file.get(), &status) < 0) return last_error("fstat");
  return static_cast<std::uint64_t>(status.st_size);
}

Status reserve(const FileDescriptor& file, std::uint64_t size) {
  int code = EINTR;
  while (code == EINTR) code = ::posix_fallocate(file.get(), 0, static_cast<off_t>(size));
  if (code != 0) return Error{code, "reserve " + std::to_string(size) + " bytes"};
  return Done{};
}

Status lock_file(const FileDescriptor& file) {
  if (retry([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); }) < 0) return last_error("flock");
  return Done{};
}

Status make_directory(const std::string& path, mode_t mode) {
  if (::mkdir(path.c_str(), mode) == 0) return Done{};
  const Error error = last_error("mkdir " + path);
  struct stat status;
  const bool is_there = error.code == EEXIST && ::stat(path.c_str(), &status) == 0;
  if (is_there && S_ISDIR(status.st_mode)) return Done{};
  return error;
}

Status rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) < 0) return last_error("rename " + from + " to " + to);
  return Done{};
}

Status remove_file(const std::string& path) {
  if (::unlink(path.c_str()) < 0 && errno != ENOENT) return last_error("unlink " + path);
  return Done{};
}

std::optional<std::string> read_link(const std::string& path) {
  std::array<char, PATH_MAX> target;
  const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
  if (length < 0 || static_cast<std::size_t>(length) == target.size()) return std::nullopt;
  return std::string(target.data(), static_cast<std::size_t>(length));
}

Result<FileDescriptor> open_beneath(const std::string& root, const std::string& path) {
  const auto folder = open_file(root, O_PATH | O_DIRECTORY);
  if (!folder) return folder.error();
  const std::size_t start = path.find_first_not_of('/');
  const std::string relative = start == path.npos ? "." : path.substr(start);
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;
  // Linux 6.12, fs/namei.c: EAGAIN when anything in the system was renamed or mounted while a ".."
  // was followed, as the links of sysfs have them.
  constexpr int kMostAttempts = 100;
  FileDescriptor file;
  for (int attempt = 0; attempt < kMostAttempts && !file.valid(); ++attempt) {
    file = FileDescriptor(static_cast<int>(retry([&] {
      return ::syscall(SYS_openat2, folder->get(), relative.c_str(), &how, sizeof how);
    })));
    if (!file.valid() && errno != EAGAIN) break;
  }
  if (!file.valid()) return last_error("open " + path + " in " + root);
  return file;
}

std::optional<std::string> path_of(const FileDescriptor& file) {
  return read_link("/proc/self/fd/" + std::to_string(file.get()));
}

bool path_exists(const std::string& path) {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace kevent::base

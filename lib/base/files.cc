// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lib/base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "lib/base/failures.h"

namespace kevent::base {
namespace {

template <typename Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

Result<std::string> read_link_at(int folder, const char* name, const std::string& path) {
  std::array<char, PATH_MAX> target;
  const ssize_t length = ::readlinkat(folder, name, target.data(), target.size());
  if (length < 0) return last_error("read the link " + path);
  if (static_cast<std::size_t>(length) == target.size()) {
    return Error{ENAMETOOLONG, "read the link " + path};
  }
  return std::string(target.data(), static_cast<std::size_t>(length));
}

// resolve_beneath(): the open folders on the way, and the elements that are left. Errors carry
// errno alone.
class Walk {
 public:
  static Result<Walk> start(const std::string& root, const std::string& path) {
    Walk walk;
    auto folder = open_file(root, O_PATH | O_DIRECTORY);
    if (!folder) return folder.error();
    const auto mount = walk.look_at(*folder);
    if (!mount) return Error{mount.error().code, "look at " + root};
    walk.mount_ = mount->stx_mnt_id;
    walk.trail_.push_back({std::move(*folder), {}, *mount});
    walk.put(path);
    return walk;
  }

  bool done() const { return left_.empty(); }

  // Takes the next element. ENOENT where nothing has its name; EXDEV where it leads outside.
  Status step() {
    const std::string name = std::exchange(left_.back(), {});
    left_.pop_back();
    if (name.empty() || name == ".") return Done{};
    if (name == "..") {
      if (trail_.size() == 1) return Error{EXDEV, {}};
      trail_.pop_back();
      return Done{};
    }
    FileDescriptor file(static_cast<int>(retry([&] {
      return ::openat(trail_.back().file.get(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
    })));
    if (!file.valid()) return last_error({});
    const auto seen = look_at(file);
    if (!seen) return seen.error();
    if (seen->stx_mnt_id != mount_) return Error{EXDEV, {}};
    if (S_ISLNK(seen->stx_mode)) return follow(file);
    trail_.push_back({std::move(file), name, *seen});
    return Done{};
  }

  Resolved result() const {
    std::string path;
    for (std::size_t i = 1; i < trail_.size(); ++i) path += "/" + trail_[i].name;
    const struct statx& last = trail_.back().status;
    return {path.empty() ? "/" : path, last.stx_mode,
            ::makedev(last.stx_rdev_major, last.stx_rdev_minor)};
  }

 private:
  struct Step {
    FileDescriptor file;
    std::string name;
    struct statx status;
  };

  // AT_STATX_DONT_SYNC: another filesystem is recognized by its mount id, without a query to it.
  static Result<struct statx> look_at(const FileDescriptor& file) {
    struct statx status {};
    if (::statx(file.get(), "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE | STATX_MNT_ID,
                &status) < 0) {
      return last_error({});
    }
    if ((status.stx_mask & STATX_MNT_ID) == 0) return Error{ENOSYS, {}};  // before Linux 5.8
    return status;
  }

  Status follow(const FileDescriptor& link) {
    constexpr int kMostLinks = 40;  // as the kernel has it
    if (++links_ > kMostLinks) return Error{ELOOP, {}};
    const auto target = read_link_at(link.get(), "", {});
    if (!target) return target.error();
    if (target->starts_with('/')) return Error{EXDEV, {}};
    put(*target);
    return Done{};
  }

  // Puts the elements of `path` before those that are left.
  void put(std::string_view path) {
    while (!path.empty()) {
      const std::size_t slash = path.rfind('/');
      left_.emplace_back(path.substr(slash + 1));  // npos + 1 is 0
      path = path.substr(0, slash == path.npos ? 0 : slash);
    }
  }

  std::vector<Step> trail_;
  std::vector<std::string> left_;  // the next one last
  std::uint64_t mount_ = 0;
  int links_ = 0;
};

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

Result<std::string> read_attribute(const std::string& path) {
  auto content = read_file(path, 1 << 20);
  if (content && content->ends_with('\n')) content->pop_back();
  return content;
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

Result<std::string> read_link(const std::string& path) {
  return read_link_at(AT_FDCWD, path.c_str(), path);
}

Result<std::vector<std::string>> list_folder(const std::string& path) {
  auto file = open_file(path, O_RDONLY | O_DIRECTORY);
  if (!file) return file.error();
  const std::unique_ptr<DIR, CloseFolder> folder(::fdopendir(file->get()));
  if (!folder) return last_error("list " + path);
  file->release();  // closedir() closes it
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) return last_error("list " + path);
  std::sort(names.begin(), names.end());
  return names;
}

Result<Resolved> resolve_beneath(const std::string& root, const std::string& path) {
  // As the kernel has it; an untrusted caller's name may be as long as a D-Bus message.
  if (path.size() >= PATH_MAX) return Error{ENAMETOOLONG, "look up a name in " + root};
  auto walk = Walk::start(root, path);
  if (!walk) return walk.error();
  while (!walk->done()) {
    if (auto status = walk->step(); !status) {
      return Error{status.error().code, "look up " + path + " in " + root};
    }
  }
  return walk->result();
}

Result<bool> path_exists(const std::string& path) {
  struct stat status;
  if (::lstat(path.c_str(), &status) == 0) return true;
  const Error error = last_error("look at " + path);
  if (is_absence(error)) return false;
  return error;
}

}  // namespace kevent::base

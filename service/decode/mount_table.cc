// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/decode/mount_table.h"

#include <libmount/libmount.h>
#include <stdio.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>

#include "service/decode/mount_root.h"

namespace kevent::decode {
namespace {

using Table = std::unique_ptr<libmnt_table, decltype(&mnt_unref_table)>;
using Iterator = std::unique_ptr<libmnt_iter, decltype(&mnt_free_iter)>;
using Stream = std::unique_ptr<FILE, decltype(&fclose)>;
using Mount = event::Mount;

// libmount guesses from the first line what kind of table it reads. This one is mountinfo for sure,
// so a broken first line spoils nothing but itself; the mount with this id is left out.
constexpr std::string_view kFirstLine = "-1 0 0:0 / / rw - none none rw\n";

// Null is the lack of memory, which ends this program here as it does everywhere.
template <typename T>
T* allocated(T* object) {
  if (object == nullptr) throw std::bad_alloc();
  return object;
}

Table parse_lines(std::string_view mountinfo) {
  std::string text(kFirstLine);
  text.append(mountinfo).append("\n");
  Table table(allocated(mnt_new_table()), &mnt_unref_table);
  const Stream stream(allocated(fmemopen(text.data(), text.size(), "r")), &fclose);
  // No file name: libmount would look for a process in it. Lines that it can't take it passes over.
  mnt_table_parse_stream(table.get(), stream.get(), "");
  return table;
}

std::uint64_t count_lines(std::string_view text) {
  std::uint64_t lines = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    lines += length > 0 ? 1 : 0;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return lines;
}

std::string text_or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

Mount mount_of(libmnt_fs* entry) {
  Mount mount;
  mount.id = static_cast<std::uint64_t>(mnt_fs_get_id(entry));
  const dev_t device = mnt_fs_get_devno(entry);
  mount.device = {major(device), minor(device)};
  mount.root = without_deleted(text_or_empty(mnt_fs_get_root(entry)));
  mount.mount_point = text_or_empty(mnt_fs_get_target(entry));
  mount.file_system = text_or_empty(mnt_fs_get_fstype(entry));
  mount.source = text_or_empty(mnt_fs_get_source(entry));
  mount.options = text_or_empty(mnt_fs_get_options(entry));
  return mount;
}

}  // namespace

MountTable parse_mount_table(std::string_view mountinfo) {
  const Table table = parse_lines(mountinfo);
  const Iterator iterator(allocated(mnt_new_iter(MNT_ITER_FORWARD)), &mnt_free_iter);
  MountTable found;
  libmnt_fs* entry = nullptr;
  while (mnt_table_next_fs(table.get(), iterator.get(), &entry) == 0) {
    if (mnt_fs_get_id(entry) >= 0) found.mounts.push_back(mount_of(entry));
  }
  found.rejected = count_lines(mountinfo) - found.mounts.size();
  return found;
}

}  // namespace kevent::decode

// SPDX-License-Identifier: LGPL-2.1-or-later
// The log's file: locked, recognized or made, and its head block read and written. What lies behind
// the head, the area, is the business of the Ring.
//
// The lock is a file of its own beside it, since the log's file is replaced as a whole: what is
// found at the path is always a complete log file, also when this process is killed while it makes
// one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "lib/base/file_descriptor.h"
#include "lib/base/result.h"

namespace kevent::log {

inline constexpr std::uint64_t kHeadSize = 4096;

class LogFile {
 public:
  // Rules L3 and L6 of event_log.h.
  static base::Result<LogFile> open(const std::string& path, std::uint64_t size,
                                    const std::string& boot_id);

  // Throws away the file at the path, and puts a new one with another id in its place.
  base::Status replace();

  const std::string& path() const { return path_; }
  const std::string& id() const { return id_; }
  bool is_new() const { return is_new_; }
  // A random number that only this file knows: it marks the records. So neither the remains of
  // another log nor anything that an event carries ever passes for a record of this one.
  std::uint64_t record_mark() const { return record_mark_; }

  std::uint64_t area_size() const { return size_ - kHeadSize; }
  base::Status write_area(std::span<const std::byte> bytes, std::uint64_t offset);
  // All of the span, or an error.
  base::Status read_area(std::span<std::byte> bytes, std::uint64_t offset) const;

  std::uint64_t published() const { return published_; }
  base::Status set_published(std::uint64_t sequence);

 private:
  LogFile(std::string path, std::uint64_t size, std::string boot_id, base::FileDescriptor lock);

  // Takes over the file at the path; false where it is none of ours.
  base::Result<bool> recognize();

  std::string path_;
  std::uint64_t size_;
  std::string boot_id_;
  base::FileDescriptor lock_;
  base::FileDescriptor file_;
  std::string id_;
  std::uint64_t record_mark_ = 0;
  std::uint64_t published_ = 0;
  bool is_new_ = false;
};

}  // namespace kevent::log

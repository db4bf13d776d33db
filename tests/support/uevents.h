// SPDX-License-Identifier: LGPL-2.1-or-later
// Real uevents on demand (as root): a device says what is written into its `uevent` file.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "lib/base/file_descriptor.h"

namespace kevent::support {

// A device that every machine has, that nobody reacts to, and that is never taken away.
inline constexpr const char* kQuietDevice = "/devices/virtual/mem/null";

// The number of the last uevent that the kernel made, in any network namespace.
std::uint64_t uevent_seqnum();

// `count` times `change`, as fast as the kernel makes them. `text`: what is written for each.
void trigger_uevents(const std::string& kernel_path, int count, const std::string& text = "change");

// One `change` that is known by its SYNTH_UUID.
void trigger_marked_uevent(const std::string& kernel_path, const std::string& uuid);

// `change` all the time, in a thread of its own, until stop() or the end. Where the machine can't
// keep the pace, it catches up later.
class UeventStorm {
 public:
  UeventStorm(const std::string& kernel_path, int per_second);
  ~UeventStorm() { stop(); }
  UeventStorm(const UeventStorm&) = delete;
  UeventStorm& operator=(const UeventStorm&) = delete;

  // How many there were so far.
  std::uint64_t count() const { return count_; }

  // Returns how many there were; after it no more come.
  std::uint64_t stop();

 private:
  void run(std::uint64_t per_tick);

  base::FileDescriptor uevent_;
  base::FileDescriptor timer_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> count_ = 0;
  std::thread thread_;
};

}  // namespace kevent::support

// SPDX-License-Identifier: LGPL-2.1-or-later
// The log of the kernel's events layer (generic netlink family `kevent`), asked for what it holds.
// Each question has a socket of its own, so no answer to an older one can come in between. Nothing
// waits: the kernel answers a request, and each read of a dump, before the call returns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "lib/base/result.h"
#include "service/decode/kernel_event.h"

namespace kevent::source {

struct KernelFamily {
  int id = 0;                    // message type of its messages
  std::vector<unsigned> groups;  // all its multicast groups, those of a newer kernel too

  // `name`: KEVENT_FAMILY_NAME, but for tests. ENOENT where the kernel has no such family: a stock
  // kernel, or another network namespace than the initial one.
  static base::Result<KernelFamily> resolve(const char* name);
};

// What KernelEvents asks; a test has a log of its own.
class KernelLogReader {
 public:
  // Gets a message from its generic netlink header on. False: no more of them.
  using Take = std::function<bool(std::span<const std::byte>)>;

  virtual ~KernelLogReader() = default;
  virtual base::Result<decode::KernelLog> held() = 0;
  // The events after `number` that are held, in order. EINVAL for a number that was not given out
  // yet. Whether it is of this log is for the caller to know (KernelLog::boot_id).
  virtual base::Status read_after(std::uint64_t number, const Take& take) = 0;
};

class NetlinkKernelLog final : public KernelLogReader {
 public:
  explicit NetlinkKernelLog(int family) : family_(family) {}
  base::Result<decode::KernelLog> held() override;
  base::Status read_after(std::uint64_t number, const Take& take) override;

 private:
  int family_;
};

}  // namespace kevent::source

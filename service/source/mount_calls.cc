// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/source/mount_calls.h"

#include <errno.h>
#include <unistd.h>

#include <array>

#include "service/decode/statmount.h"

namespace kevent::source {
namespace {

namespace mask = decode::statmount_mask;

// Linux 6.8, include/uapi/asm-generic/unistd.h: the same on all architectures.
constexpr long kStatmount = 457;
constexpr long kListmount = 458;
// LSMT_ROOT: all mounts below the root of the namespace.
constexpr std::uint64_t kAllMounts = ~std::uint64_t{0};

// struct mnt_id_req in its first version. `parameter`: what statmount() shall tell, or the last id
// that listmount() has told.
struct Request {
  std::uint32_t size = 24;
  std::uint32_t spare = 0;
  std::uint64_t id = 0;
  std::uint64_t parameter = 0;
};
static_assert(sizeof(Request) == 24);

constexpr std::size_t kUsualAnswer = 4096;
constexpr std::size_t kLongestAnswer = 4 << 20;

}  // namespace

MountCalls::MountCalls() : answer_(kUsualAnswer) {}

base::Result<std::vector<event::Mount>> MountCalls::list() {
  std::vector<event::Mount> mounts;
  std::array<std::uint64_t, 512> ids{};
  std::uint64_t last = 0;
  for (;;) {
    const Request request{.id = kAllMounts, .parameter = last};
    const long count = ::syscall(kListmount, &request, ids.data(), ids.size(), 0);
    if (count < 0) return base::last_error("listmount");
    if (count == 0) return mounts;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      last = ids[i];
      auto mount = look_up(last);
      if (mount) {
        mounts.push_back(std::move(mount).value());
      } else if (mount.error().code != ENOENT && mount.error().code != EPERM) {
        return mount.error();
      }
    }
  }
}

base::Result<event::Mount> MountCalls::look_up(std::uint64_t id) {
  const Request request{.id = id, .parameter = mask::kWanted};
  for (;;) {
    if (::syscall(kStatmount, &request, answer_.data(), answer_.size(), 0) == 0) break;
    if (errno == EINTR) continue;
    if (errno != EOVERFLOW || answer_.size() >= kLongestAnswer) {
      return base::last_error("statmount");
    }
    answer_.resize(answer_.size() * 2);
  }
  auto mount = decode::parse_statmount({answer_.data(), answer_.size()});
  if (!mount) return base::Error{EPROTO, "statmount"};
  return std::move(*mount);
}

}  // namespace kevent::source

// SPDX-License-Identifier: LGPL-2.1-or-later
// listmount(2) and statmount(2): the mounts of this process's namespace, one by one, each under an
// id that is never used again. Linux 6.13 or newer, for all that is asked; the numbers and
// structures are here since the headers of Debian 12 lack them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lib/base/result.h"
#include "lib/event/kernel_state.h"

namespace kevent::source {

class MountCalls {
 public:
  MountCalls();

  // All mounts that can be reached from the root of this process, by id.
  base::Result<std::vector<event::Mount>> list();

  // The mount with this id. ENOENT: it is gone. EPERM: it can't be reached from the root of this
  // process, and so is not in its mount table either.
  base::Result<event::Mount> look_up(std::uint64_t id);

 private:
  std::vector<char> answer_;  // of statmount(2), kept for the next one
};

}  // namespace kevent::source

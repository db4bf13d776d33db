// SPDX-License-Identifier: LGPL-2.1-or-later
#include "automount/decision.h"

namespace kevent::automount {

Decision decide(const BlockDevice& device, Action action, bool had_its_turn) {
  if (!device.hint_auto || device.hint_ignore) return Decision::kNothing;
  if (!device.mount_points.empty()) return Decision::kHasHadItsTurn;
  if (had_its_turn) return Decision::kNothing;
  const bool locked = device.usage == "crypto";
  if (!locked && device.usage != "filesystem") return Decision::kNothing;
  if (action == Action::kIgnore) return Decision::kIgnore;
  if (locked) return device.unlocked ? Decision::kNothing : Decision::kTellLocked;
  return action == Action::kReadOnly ? Decision::kMountReadOnly : Decision::kMount;
}

}  // namespace kevent::automount

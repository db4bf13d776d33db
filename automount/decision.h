// SPDX-License-Identifier: LGPL-2.1-or-later
// What to do with a block device, from what udisks2 says of it and the user's rules. Pure.
//
// Rules:
//   A1  Only devices that udisks2 calls automatic (HintAuto), and not to be ignored (HintIgnore).
//   A2  One that is mounted has had its turn.
//   A3  Each medium has one turn: what a person unmounted, and what failed, stays so.
//   A4  Of a device without a filesystem or a lock nothing is known yet, or it is not for us.
//   A5  The user's rule `ignore` comes before all that follows.
//   A6  A locked device is told, not opened. One that was unlocked is somebody's already.
//   A7  A filesystem is mounted; read-only where the user's rule says it.
#pragma once

#include "automount/block_device.h"
#include "automount/rules.h"

namespace kevent::automount {

enum class Decision {
  kNothing,        // A1, A3, A4, A6: as it is
  kHasHadItsTurn,  // A2
  kIgnore,
  kTellLocked,
  kMount,
  kMountReadOnly,
};

Decision decide(const BlockDevice& device, Action action, bool had_its_turn);

}  // namespace kevent::automount

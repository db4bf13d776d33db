// SPDX-License-Identifier: LGPL-2.1-or-later
// What keventd may do beyond other programs.
#pragma once

#include "lib/base/result.h"

namespace kevent::app {

// Gives up all capabilities of this thread, so before there is another one. Opening the sources is
// what they are for: a receive buffer above the usual limit (CAP_NET_ADMIN), and fanotify on the
// mount namespace (CAP_SYS_ADMIN). Both go on without them. Nothing that comes over the bus meets a
// process with privileges.
base::Status give_up_privileges();

}  // namespace kevent::app
